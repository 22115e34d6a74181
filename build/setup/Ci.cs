namespace SharpProbe.Build.Setup;

/// <summary>Where nothing may be left out for want of a program.</summary>
static class Ci
{
    public static bool IsHere => Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");

    /// <summary>Why something is skipped; null: it is not, as in CI, where it fails instead.</summary>
    public static string? Skip(string? reason) => IsHere ? null : reason;

    /// <summary>The packages that are missing, in a sentence; null: none is, or this is CI.</summary>
    public static string? SkipWithout(Tool[] tools) =>
        Skip(tools.Where(tool => !tool.IsPresent).Select(tool => tool.Package).ToArray() is { Length: > 0 } packages ? $"{string.Join(", ", packages)} missing: ./build.sh setup" : null);
}
