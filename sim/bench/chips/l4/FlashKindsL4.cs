namespace SharpProbe.Sim.Chips.L4;

/// <summary>The flash interfaces of the L4's younger relatives: what differs from <see cref="FlashKindL4"/>'s four.</summary>
public static class FlashKindsL4
{
    private const uint NoArea = 0xFF00_FFFF;

    /// <summary>DS12589, DS12288, DS12023, DS11929, DS13293, tables "Flash memory characteristics": the L47x's.</summary>
    private const ulong DoubleWord = 81_690_000_000, Page = 22_020_000_000_000, Mass = 22_130_000_000_000;

    /// <summary>STM32G431: RM0440 3, category 2: one bank.</summary>
    public static FlashKindL4 G43x { get; } = new()
    {
        TwoBanks = false, HasPowerDownKey = true, HasConfigurationBusy = false, AcrReset = 0x4_0600, AcrMask = 0x4_7F0F, CrMask = 0xDF07_03FF, PageNumberBits = 7,
        DoubleWordTime = DoubleWord, PageEraseTime = Page, MassEraseTime = Mass,
        Options =
        [
            ("OPTR", 0x20, 0x7F8F_77FF, 0xFFEF_F8AA),
            ("PCROP1SR", 0x24, 0x7FFF, 0xFFFF_FFFF), ("PCROP1ER", 0x28, 0x8000_7FFF, 0x00FF_0000), ("WRP1AR", 0x2C, 0x003F_003F, NoArea), ("WRP1BR", 0x30, 0x003F_003F, NoArea), ("SEC1R", 0x70, 0x0001_00FF, 0),
        ],
    };

    /// <summary>STM32G474: RM0440 3, category 3: two banks of 2 KB pages, or with DBANK = 0 one of 4 KB pages.</summary>
    public static FlashKindL4 G47x { get; } = new()
    {
        TwoBanks = true, DualBankBit = 22, HasPowerDownKey = true, HasConfigurationBusy = false, AcrReset = 0x4_0600, AcrMask = 0x4_7F0F, CrMask = 0xFF07_8BFF, PageNumberBits = 7,
        DoubleWordTime = DoubleWord, PageEraseTime = Page, MassEraseTime = Mass,
        Options =
        [
            ("OPTR", 0x20, 0x7FDF_77FF, 0xFFEF_F8AA),
            ("PCROP1SR", 0x24, 0x7FFF, 0xFFFF_FFFF), ("PCROP1ER", 0x28, 0x8000_7FFF, 0x00FF_0000), ("WRP1AR", 0x2C, 0x007F_007F, NoArea), ("WRP1BR", 0x30, 0x007F_007F, NoArea),
            ("PCROP2SR", 0x44, 0x7FFF, 0xFFFF_FFFF), ("PCROP2ER", 0x48, 0x7FFF, 0x00FF_0000), ("WRP2AR", 0x4C, 0x007F_007F, NoArea), ("WRP2BR", 0x50, 0x007F_007F, NoArea),
            ("SEC1R", 0x70, 0x0001_00FF, 0), ("SEC2R", 0x74, 0x0000_00FF, 0),
        ],
    };

    /// <summary>STM32L4R5: RM0432 3: two banks of 4 KB pages, or with DBANK = 0 one of 8 KB pages.</summary>
    public static FlashKindL4 L4Rx { get; } = new()
    {
        TwoBanks = true, DualBankBit = 22, HasPowerDownKey = true, HasConfigurationBusy = false, AcrReset = 0x600, AcrMask = 0x7F0F, CrMask = 0xCF07_8FFF, PageNumberBits = 8, PageSize = 4096,
        DoubleWordTime = DoubleWord, PageEraseTime = Page, MassEraseTime = Mass,
        Options =
        [
            ("OPTR", 0x20, 0x0FFF_77FF, 0xFFEF_F8AA),
            ("PCROP1SR", 0x24, 0x1_FFFF, 0xFFFF_FFFF), ("PCROP1ER", 0x28, 0x8001_FFFF, 0x00FE_0000), ("WRP1AR", 0x2C, 0x00FF_00FF, NoArea), ("WRP1BR", 0x30, 0x00FF_00FF, NoArea),
            ("PCROP2SR", 0x44, 0x1_FFFF, 0xFFFF_FFFF), ("PCROP2ER", 0x48, 0x1_FFFF, 0xFFFE_0000), ("WRP2AR", 0x4C, 0x00FF_00FF, NoArea), ("WRP2BR", 0x50, 0x00FF_00FF, NoArea),
        ],
    };

    /// <summary>STM32WB55: RM0434 3: one bank of 4 KB pages, whose last belong to the radio's core (SFR.SFSA as parts leave the factory, with the firmware upgrade service).</summary>
    public static FlashKindL4 Wb55 { get; } = new()
    {
        TwoBanks = false, HasPowerDownKey = false, HasConfigurationBusy = true, AcrReset = 0x600, AcrMask = 0x1_9F07, CrMask = 0xCF07_07FF, PageNumberBits = 8, PageSize = 4096, Base = 0x5800_4000,
        DoubleWordTime = DoubleWord, PageEraseTime = Page, MassEraseTime = Mass, SecurePage = 0xF4,
        Options =
        [
            ("OPTR", 0x20, 0xEF8F_7EFF, 0x3FFF_F1AA),
            ("PCROP1ASR", 0x24, 0x1FF, 0xFFFF_FFFF), ("PCROP1AER", 0x28, 0x8000_01FF, 0x7FFF_FE00), ("WRP1AR", 0x2C, 0x00FF_00FF, NoArea), ("WRP1BR", 0x30, 0x00FF_00FF, NoArea),
            ("PCROP1BSR", 0x34, 0x1FF, 0xFFFF_FFFF), ("PCROP1BER", 0x38, 0x1FF, 0xFFFF_FE00), ("IPCCBR", 0x3C, 0x3FFF, 0xFFFF_C000), ("SFR", 0x80, 0, 0xFFFF_FEF4), ("SRRVR", 0x84, 0, 0xD37F_CC00),
        ],
    };

    /// <summary>STM32WL55 whose second core was given nothing: RM0453 3.</summary>
    public static FlashKindL4 Wl55 { get; } = Wb55 with
    {
        PageSize = 2048, PageNumberBits = 7, CrMask = 0xCF07_03FF, SecurePage = null,
        Options =
        [
            ("OPTR", 0x20, 0xCF8F_7EFF, 0x3FFF_F0AA),
            ("PCROP1ASR", 0x24, 0xFF, 0xFFFF_FFFF), ("PCROP1AER", 0x28, 0x8000_00FF, 0x7FFF_FF00), ("WRP1AR", 0x2C, 0x007F_007F, 0xFF80_FFFF), ("WRP1BR", 0x30, 0x007F_007F, 0xFF80_FFFF),
            ("PCROP1BSR", 0x34, 0xFF, 0xFFFF_FFFF), ("PCROP1BER", 0x38, 0xFF, 0xFFFF_FF00), ("IPCCBR", 0x3C, 0x3FFF, 0xFFFF_C000), ("SFR", 0x80, 0, 0xFFFF_FFFF), ("SRRVR", 0x84, 0, 0xFFFF_FFFF),
        ],
    };

    /// <summary>STM32C031: RM0490 3, DS13866: the G0's, smaller.</summary>
    public static FlashKindL4 C03x { get; } = FlashKindL4.G0 with { PageNumberBits = 4, CrMask = 0xDF07_007F, AcrMask = 0x5_0B07 };

    /// <summary>STM32U083: RM0503 3: the G0's without PCROP, with power-down.</summary>
    public static FlashKindL4 U08x { get; } = FlashKindL4.G0 with
    {
        PageNumberBits = 7, CrMask = 0xDF07_03FF, HasPowerDownKey = true, AcrMask = 0x5_6B07,
        Options = [("OPTR", 0x20, 0x3FFF_FFFF, 0xFFFF_FEAA), ("WRP1AR", 0x2C, 0x007F_007F, NoArea), ("WRP1BR", 0x30, 0x007F_007F, NoArea), ("SECR", 0x80, 0x0101_00FF, 0)],
    };
}
