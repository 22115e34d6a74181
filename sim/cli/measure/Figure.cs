namespace SharpProbe.Sim.Cli.Measure;

/// <summary>One measurement.</summary>
/// <param name="Usb">Speed of the bus.</param>
/// <param name="Goal">What it is held against, or null.</param>
internal sealed record Figure(string Probe, string Usb, string What, double Value, string Unit, double? Goal = null, bool LessIsBetter = false)
{
    public bool? Good => Goal is { } goal ? LessIsBetter ? Value <= goal : Value >= goal : null;
}
