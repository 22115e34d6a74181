using SharpProbe.Build.Setup;

namespace SharpProbe.Tests.UsbIp;

/// <summary>A test with our own libusb, which a C compiler makes. Skipped where there is none; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibusbFactAttribute : FactAttribute
{
    public LibusbFactAttribute() => Skip = s_missing;

    private static readonly string? s_missing = !OperatingSystem.IsLinux() ? "Linux only"
        : Ci.SkipWithout(Tool.Libusb);
}
