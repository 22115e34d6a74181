using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>Reset flags of RCC_CSR (RM0431 5.3.21).</summary>
public static unsafe class Reset
{
    /// <summary>Reads the cause and clears the flags.</summary>
    public static ResetCause TakeCause()
    {
        uint flags = RCC->CSR;
        RCC->CSR = flags | RCC_CSR.RMVF;
        if ((flags & RCC_CSR.PORRSTF) != 0) return ResetCause.PowerOn;
        if ((flags & RCC_CSR.WDGRSTF) != 0) return ResetCause.Watchdog;
        if ((flags & RCC_CSR.SFTRSTF) != 0) return ResetCause.Software;
        return (flags & RCC_CSR.PADRSTF) != 0 ? ResetCause.Pin : ResetCause.Other;
    }
}
