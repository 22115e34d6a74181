namespace SharpProbe.Build.Compile;

/// <summary>One build at a time in a clone: tests, a second terminal and an IDE may all ask for images. Held as an open file, so a killed build leaves nothing locked.</summary>
sealed class BuildLock : IDisposable
{
    private const int Patience = 120_000, Interval = 50;    // milliseconds

    private readonly FileStream _file;

    private BuildLock(FileStream file) => _file = file;

    public static BuildLock Take()
    {
        Directory.CreateDirectory(Repository.Out);
        string path = Path.Combine(Repository.Out, "lock");
        for (int waited = 0; ; waited += Interval)
        {
            try
            {
                return new BuildLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (waited < Patience)
            {
                Thread.Sleep(Interval);
            }
            catch (IOException)
            {
                throw new BuildError($"another build has held {path} for {Patience / 1000} s");
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
