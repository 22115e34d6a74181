namespace SharpProbe.Tests.Svd;

/// <summary>
/// A test that needs the vendors' SVD files, which are not part of the project: environment variable SHARPPROBE_SVD names their folder, else a folder
/// shared/svd beside the repository is tried. Without them the test is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SvdFactAttribute : FactAttribute
{
    public SvdFactAttribute()
    {
        if (Folder is null) Skip = "no SVD files: set SHARPPROBE_SVD to their folder";
    }

    public static string? Folder { get; } = Candidates().FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("SHARPPROBE_SVD") is { Length: > 0 } given) yield return given;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "shared", "svd");
    }
}
