namespace SharpProbe.Tests;

/// <summary>A folder for one test's files, gone afterwards.</summary>
sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sharpprobe-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
