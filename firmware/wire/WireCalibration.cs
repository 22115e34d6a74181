namespace SharpProbe.Wire;

/// <summary>What the delays of the clock are derived from: two numbers, as the original's dap.calibrate had them.</summary>
/// <param name="loops">Delay turns in each half of a clock of 1 kHz.</param>
/// <param name="hertz">Fastest clock in Hz: what is asked for this or more has no delay.</param>
/// <param name="isSet">Somebody has set them; otherwise they were measured.</param>
public readonly struct WireCalibration(uint loops, uint hertz, bool isSet)
{
    public uint Loops => loops;
    public uint Hertz => hertz;
    public bool IsSet => isSet;
}
