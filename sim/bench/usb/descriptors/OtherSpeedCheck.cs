namespace SharpProbe.Sim.Usb;

/// <summary>Both speeds' configurations describe the same device: the same interfaces and endpoints; only packet sizes and intervals may differ (USB 2.0, 9.6.4).</summary>
internal static class OtherSpeedCheck
{
    public static void Run(UsbConfiguration here, UsbConfiguration other, UsbFindings findings)
    {
        findings.Require(here.Value == other.Value, $"other_speed_configuration: bConfigurationValue is {other.Value}, {here.Value} at this speed");
        findings.Require(Shape(here) == Shape(other), $"other_speed_configuration: interfaces differ from this speed's: {Shape(other)} instead of {Shape(here)}");
    }

    private static string Shape(UsbConfiguration c) => string.Join(" ", c.Interfaces.Select(i =>
        $"{i.Number}.{i.Alternate}:{i.Class:X2}.{i.SubClass:X2}.{i.Protocol:X2}({string.Join(",", i.Endpoints.Select(e => $"{e.Address:X2}{e.Kind.ToString()[0]}"))})"));
}
