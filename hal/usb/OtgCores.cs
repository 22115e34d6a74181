namespace SharpProbe.Hal;

/// <summary>What the chips' OTG cores have. The build reads this too (build/usb).</summary>
public static class OtgCores
{
    /// <summary>OTG_HS of the STM32F72x.</summary>
    public const int EndpointsF7 = 9, FifoWordsF7 = 1006;

    /// <summary>OTG1 and OTG2 of the STM32H74x.</summary>
    public const int EndpointsH7 = 9, FifoWordsH7 = 952;
}
