using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>Reset flags of RCC_RSR (RM0433 8.7.40).</summary>
public static unsafe class Reset
{
    /// <summary>Reads the cause and clears the flags.</summary>
    public static ResetCause TakeCause()
    {
        uint flags = RCC->RSR;
        RCC->RSR = flags | RCC_RSR.RMVF;
        if ((flags & RCC_RSR.PORRSTF) != 0) return ResetCause.PowerOn;
        if ((flags & RCC_RSR.IWDG1RSTF) != 0) return ResetCause.Watchdog;
        if ((flags & RCC_RSR.SFTRSTF) != 0) return ResetCause.Software;
        return (flags & RCC_RSR.PINRSTF) != 0 ? ResetCause.Pin : ResetCause.Other;
    }
}
