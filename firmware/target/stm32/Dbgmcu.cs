namespace SharpProbe.Target.Stm32;

/// <summary>
/// Where a part is told to keep its clocks in sleep and to hold its watchdogs while the core is halted: F1 has both in DBGMCU_CR (RM0008 31.16.3), F0 and F3 have
/// DBGMCU_APB1_FZ beside it (RM0091 32.9.5, RM0316 33.16.3).
/// </summary>
readonly struct Dbgmcu(uint address, uint sleepBits, uint freezeAddress)
{
    /// <summary>DBGMCU_CR.</summary>
    public uint Address { get; } = address;

    /// <summary>DBG_SLEEP, DBG_STOP, DBG_STANDBY, and on F1 DBG_IWDG_STOP and DBG_WWDG_STOP.</summary>
    public uint SleepBits { get; } = sleepBits;

    /// <summary>DBGMCU_APB1_FZ; 0: none.</summary>
    public uint FreezeAddress { get; } = freezeAddress;

    /// <summary>DBG_WWDG_STOP and DBG_IWDG_STOP of DBGMCU_APB1_FZ.</summary>
    public const uint WatchdogFreeze = 1 << 11 | 1 << 12;

    /// <summary>Parts whose DBGMCU_APB1_FZ (APB1FZR1) is beside CR: those with a Cortex-M0 or M0+ have no DBG_SLEEP.</summary>
    public static Dbgmcu At(uint idcode, bool baseline) => new(idcode + 4, baseline ? 6u : 7u, idcode + 8);
}
