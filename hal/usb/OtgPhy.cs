namespace SharpProbe.Hal;

/// <summary>Which transceiver an OTG core uses.</summary>
public enum OtgPhy : byte
{
    /// <summary>The full-speed one inside the chip.</summary>
    FullSpeed,
    /// <summary>The high-speed one inside the STM32F723.</summary>
    HighSpeed,
}
