namespace SharpProbe.Sim.Chips.L4;

/// <summary>What distinguishes the flash interfaces of two families; one design otherwise (RM0351 3, RM0444 3).</summary>
public sealed record FlashKindL4
{
    /// <summary>Two halves of which one can be read while the other is busy.</summary>
    public required bool TwoBanks { get; init; }
    /// <summary>A key register for switching the flash off in Run mode.</summary>
    public required bool HasPowerDownKey { get; init; }
    /// <summary>SR.CFGBSY: a double word is begun.</summary>
    public required bool HasConfigurationBusy { get; init; }
    public required uint AcrReset { get; init; }
    public required uint AcrMask { get; init; }
    public required uint CrMask { get; init; }
    public required int PageNumberBits { get; init; }
    /// <summary>Femtoseconds, the datasheet's typical ones: 64 bits, a page, a bank or all.</summary>
    public required ulong DoubleWordTime { get; init; }
    public required ulong PageEraseTime { get; init; }
    public required ulong MassEraseTime { get; init; }
    /// <summary>Option registers: name, offset, writable bits, value as the factory has it. OPTR comes first; write protection's are called WRP.</summary>
    public required (string Name, uint Offset, uint Mask, uint Factory)[] Options { get; init; }

    /// <summary>STM32L47x: RM0351 3.4.1, DS10969 table "Flash memory characteristics".</summary>
    public static FlashKindL4 L47x { get; } = new()
    {
        TwoBanks = true, HasPowerDownKey = true, HasConfigurationBusy = false, AcrReset = 0x600, AcrMask = 0x7F07, CrMask = 0xCF07_8FFF, PageNumberBits = 8,
        DoubleWordTime = 81_690_000_000, PageEraseTime = 22_020_000_000_000, MassEraseTime = 22_130_000_000_000,
        Options =
        [
            ("OPTR", 0x20, 0x03BF_37FF, 0xFFEF_F8AA),
            ("PCROP1SR", 0x24, 0xFFFF, 0xFFFF_FFFF), ("PCROP1ER", 0x28, 0x8000_FFFF, 0x0FFF_0000), ("WRP1AR", 0x2C, 0x00FF_00FF, 0xFF00_FFFF), ("WRP1BR", 0x30, 0x00FF_00FF, 0xFF00_FFFF),
            ("PCROP2SR", 0x44, 0xFFFF, 0xFFFF_FFFF), ("PCROP2ER", 0x48, 0xFFFF, 0xFFFF_0000), ("WRP2AR", 0x4C, 0x00FF_00FF, 0xFF00_FFFF), ("WRP2BR", 0x50, 0x00FF_00FF, 0xFF00_FFFF),
        ],
    };

    /// <summary>STM32G071: RM0444 3.4.1, DS12232 table "Flash memory characteristics".</summary>
    public static FlashKindL4 G0 { get; } = new()
    {
        TwoBanks = false, HasPowerDownKey = false, HasConfigurationBusy = true, AcrReset = 0x4_0600, AcrMask = 0x5_0F07, CrMask = 0xDF07_01FF, PageNumberBits = 6,
        DoubleWordTime = 85_000_000_000, PageEraseTime = 22_000_000_000_000, MassEraseTime = 22_100_000_000_000,
        Options =
        [
            ("OPTR", 0x20, 0x3F4F_FFFF, 0xFFFF_FEAA),
            ("PCROP1ASR", 0x24, 0xFF, 0xFFFF_FFFF), ("PCROP1AER", 0x28, 0x8000_00FF, 0x7FFF_FF00), ("WRP1AR", 0x2C, 0x003F_003F, 0xFF00_FFFF), ("WRP1BR", 0x30, 0x003F_003F, 0xFF00_FFFF),
            ("PCROP1BSR", 0x34, 0xFF, 0xFFFF_FFFF), ("PCROP1BER", 0x38, 0xFF, 0xFFFF_FF00), ("SECR", 0x80, 0x0001_007F, 0),
        ],
    };
}
