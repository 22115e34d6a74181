namespace SharpProbe.Hal;

/// <summary>What the core clock comes from.</summary>
public enum ClockSource : byte
{
    /// <summary>An external oscillator on OSC_IN.</summary>
    HseBypass,
    /// <summary>A crystal.</summary>
    HseCrystal,
    /// <summary>The internal oscillator, good to 1 %: the external one did not start.</summary>
    Hsi,
}
