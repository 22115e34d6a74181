using SharpProbe.Build.Setup;

namespace SharpProbe.Tests.Hosting;

/// <summary>A test that compiles C for Arm; skipped where there is no compiler, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = s_missing;

    private static readonly string? s_missing = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false") ? null
        : Tool.ArmC.Where(tool => !tool.IsPresent).Select(tool => tool.Package).ToArray() is { Length: > 0 } packages ? $"{string.Join(", ", packages)} missing: ./build.sh setup" : null;
}
