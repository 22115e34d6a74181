namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>What resets the system. All but <see cref="PowerOn"/> keep RAM, backup domain and the earlier reset flags.</summary>
public enum ResetCause
{
    PowerOn,
    /// <summary>NRST pulled low from outside.</summary>
    Pin,
    /// <summary>AIRCR.SYSRESETREQ.</summary>
    Software,
    IndependentWatchdog,
    /// <summary>The software asked for the option bytes to be loaded anew (FLASH_CR.OBL_LAUNCH).</summary>
    OptionBytes,
}
