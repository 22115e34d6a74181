using SharpProbe.Build;

namespace SharpProbe.Tests.Build;

/// <summary>A copy of the sources in a folder of its own with a copy of the driver, which takes the folder it lies in for the clone.</summary>
sealed class DriverProcess : IDisposable
{
    private static readonly string[] Sources = ["zerolib", "linker", Path.Combine("hosttests", "target")];

    public DriverProcess(string name)
    {
        Root = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), name);
        foreach (string folder in Sources) Copy(Repository.At(folder), Path.Combine(Root, folder));
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        Copy(Repository.At("build", "bin", configuration, "net10.0"), Path.Combine(Root, "build", "bin"));
    }

    public string Root { get; }

    public ShellResult Run(params string[] arguments) => Shell.Capture("dotnet", [Path.Combine(Root, "build", "bin", "SharpProbe.Build.dll"), .. arguments], Root);

    public byte[] Output(string extension) => File.ReadAllBytes(Path.Combine(Root, "out", "selftest", "selftest" + extension));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
