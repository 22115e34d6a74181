namespace SharpProbe.Sim.Chips.L0;

/// <summary>What distinguishes the memory interfaces of L0 and L1; one design otherwise (RM0376 3, RM0038 3).</summary>
public sealed record FlashKindL0
{
    /// <summary>Of the registers.</summary>
    public required uint Base { get; init; }
    public required uint PageSize { get; init; }
    public required int Irq { get; init; }
    /// <summary>A word that is not zero is refused (NOTZEROERR), and a read in the middle of a half page ends it (FWWERR).</summary>
    public required bool Checks { get; init; }
    public required uint AcrMask { get; init; }
    public required uint PecrMask { get; init; }
    public required uint StatusMask { get; init; }
    /// <summary>The name of the register at 0x1C, and USER as the factory has it.</summary>
    public required string OptionRegister { get; init; }
    public required uint UserOption { get; init; }
    /// <summary>USER's bit of the watchdog: 1: it waits for software.</summary>
    public required int WatchdogBit { get; init; }

    /// <summary>Words of a half-word each that hold the write protection; a register for each two, the second one at 0x80.</summary>
    public int ProtectionWords { get; init; } = 2;

    /// <summary>Femtoseconds for a word, a half page, a page's or a word's erase (DS10182 and DS6876, table "Flash memory and data EEPROM characteristics", typical).</summary>
    public ulong Time { get; init; } = 3_280_000_000_000;

    /// <summary>STM32L05x, L06x: RM0376 (and RM0367) 3.7.</summary>
    public static FlashKindL0 L0 { get; } = new()
    {
        Base = 0x4002_2000, PageSize = 128, Irq = 3, Checks = true, AcrMask = 0x7B, PecrMask = 0x8F_871F, StatusMask = 0x3_2F0F, OptionRegister = "OPTR", UserOption = 0x8070, WatchdogBit = 4,
    };

    /// <summary>STM32L15x, categories 1 and 2: RM0038 3.9.</summary>
    public static FlashKindL0 L1 { get; } = new()
    {
        Base = 0x4002_3C00, PageSize = 256, Irq = 4, Checks = false, AcrMask = 0x1F, PecrMask = 0x07_871F, StatusMask = 0x2F0F, OptionRegister = "OBR", UserOption = 0x00F8, WatchdogBit = 4,
    };

    /// <summary>Category 3: RM0038 3.8, table "Option byte organization", and 3.9.9.</summary>
    public static FlashKindL0 L1Category3 { get; } = L1 with { ProtectionWords = 4 };
}
