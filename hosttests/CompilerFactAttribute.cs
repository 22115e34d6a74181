using SharpProbe.Build.Setup;

namespace SharpProbe.Tests;

/// <summary>A test that compiles C for Arm (<see cref="ArmC"/>); skipped where there is no compiler, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = s_missing;

    private static readonly string? s_missing = Ci.SkipWithout(Tool.ArmC);
}
