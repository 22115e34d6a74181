using SharpProbe.Build.Guest;
using SharpProbe.Build.Setup;

namespace SharpProbe.Tests.Guest;

/// <summary>A test in a Linux guest. Where none can be started it is skipped and says why; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestFactAttribute : FactAttribute
{
    public GuestFactAttribute() => Skip = Missing;

    public static string? Missing { get; } = Ci.Skip(GuestImage.WhyNot);
}
