using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The data lines of an OTG core on the chip's pins.</summary>
public sealed class OtgPins
{
    private readonly string _lines;
    private readonly Signal _dm, _dp;

    /// <param name="die">The chip.</param>
    /// <param name="signals">"USB_OTG_FS".</param>
    /// <param name="lines">Where they are, for the message: "PA11 and PA12 (AF10)".</param>
    public OtgPins(Die die, string signals, string lines)
    {
        _lines = lines;
        (_dm, _dp) = (die.AddSignal(signals + "_DM"), die.AddSignal(signals + "_DP"));
        die.AddSignal(signals + "_ID");
    }

    /// <summary>Why they do not reach their pins, or null.</summary>
    public string? Missing => _dm.Pins.Count > 0 && _dp.Pins.Count > 0 ? null : $"D- and D+ are not routed to their pins: {_lines}";
}
