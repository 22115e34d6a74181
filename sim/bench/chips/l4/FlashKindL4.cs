namespace SharpProbe.Sim.Chips.L4;

/// <summary>What distinguishes the flash interfaces of four families; one design otherwise (RM0351 3, RM0444 3, RM0438 6, RM0456 7).</summary>
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
    /// <summary>Bytes; where <see cref="DualBankBit"/> is clear, twice as many.</summary>
    public uint PageSize { get; init; } = 2048;
    /// <summary>Bit of OPTR without which the two banks are one of larger pages; null: nothing changes that.</summary>
    public int? DualBankBit { get; init; }
    /// <summary>From this page on the flash is a second core's, and closed to the first and to its debugger; null: all is open.</summary>
    public uint? SecurePage { get; init; }
    /// <summary>TrustZone is on: a second side with its registers behind the first's.</summary>
    public bool Trusts { get; init; }
    public uint Base { get; init; } = 0x4002_2000;
    /// <summary>Words that are programmed at once, with one ECC.</summary>
    public int Words { get; init; } = 2;
    /// <summary>Bit of SR that says a part of them has come: CFGBSY, WDW; 0: there is none.</summary>
    public uint PartBegun => HasConfigurationBusy ? 1u << 18 : Words == 4 ? 1u << 17 : 0;
    /// <summary>Flags of SR that are cleared by writing 1.</summary>
    public uint Flags { get; init; } = 0xC3FB;
    /// <summary>Offsets of the registers, and what the manual puts before their names.</summary>
    public uint OptKeyr { get; init; } = 0x0C;
    public uint Sr { get; init; } = 0x10;
    public uint Cr { get; init; } = 0x14;
    public uint Eccr { get; init; } = 0x18;
    public string Prefix { get; init; } = "";
    public int Irq { get; init; } = 4;
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

    /// <summary>STM32L55x without TrustZone: RM0438 6.9, DS12737 table "Flash memory characteristics". The secure side's registers are not modelled.</summary>
    public static FlashKindL4 L5 { get; } = new()
    {
        TwoBanks = true, HasPowerDownKey = true, HasConfigurationBusy = false, AcrReset = 0, AcrMask = 0xE00F, CrMask = 0xCB03_8BFF, PageNumberBits = 7, Flags = 0x20FB,
        OptKeyr = 0x10, Sr = 0x20, Cr = 0x28, Eccr = 0x30, Prefix = "NS", Irq = 6,
        DoubleWordTime = 81_700_000_000, PageEraseTime = 22_020_000_000_000, MassEraseTime = 22_130_000_000_000,
        Options =
        [
            ("OPTR", 0x40, 0xFFFF_77FF, 0x7FEF_F8AA),
            ("NSBOOTADD0R", 0x44, 0xFFFF_FF80, 0x0800_007F), ("NSBOOTADD1R", 0x48, 0xFFFF_FF80, 0x0BF9_007F),
            ("WRP1AR", 0x58, 0x007F_007F, 0xFF80_FFFF), ("WRP1BR", 0x5C, 0x007F_007F, 0xFF80_FFFF), ("WRP2AR", 0x68, 0x007F_007F, 0xFF80_FFFF), ("WRP2BR", 0x6C, 0x007F_007F, 0xFF80_FFFF),
        ],
    };

    /// <summary>STM32L55x with TrustZone on, all of its flash secure (RM0438 6.9: TZEN's factory SECWM).</summary>
    public static FlashKindL4 L5Trusts { get; } = L5 with
    {
        Trusts = true,
        Options =
        [
            ("OPTR", 0x40, 0xFFFF_77FF, 0xFFEF_F8AA),
            ("NSBOOTADD0R", 0x44, 0xFFFF_FF80, 0x0800_007F), ("NSBOOTADD1R", 0x48, 0xFFFF_FF80, 0x0BF9_007F), ("SECBOOTADD0R", 0x4C, 0xFFFF_FF81, 0x0C00_007C),
            ("SECWM1R1", 0x50, 0x007F_007F, 0xFFFF_FF80), ("SECWM1R2", 0x54, 0x807F_807F, 0x0F00_0F00), ("SECWM2R1", 0x60, 0x007F_007F, 0xFFFF_FF80), ("SECWM2R2", 0x64, 0x807F_807F, 0x0F00_0F00),
            ("WRP1AR", 0x58, 0x007F_007F, 0xFF80_FFFF), ("WRP1BR", 0x5C, 0x007F_007F, 0xFF80_FFFF), ("WRP2AR", 0x68, 0x007F_007F, 0xFF80_FFFF), ("WRP2BR", 0x6C, 0x007F_007F, 0xFF80_FFFF),
        ],
    };

    /// <summary>STM32U57x without TrustZone: RM0456 7.9; times: DS13737, without the table at hand. As L5, four words at once, pages of 8 KB.</summary>
    public static FlashKindL4 U5 { get; } = new()
    {
        TwoBanks = true, HasPowerDownKey = false, HasConfigurationBusy = false, AcrReset = 1, AcrMask = 0x780F, CrMask = 0xCB03_CFFF, PageNumberBits = 8, Flags = 0x20FB,
        OptKeyr = 0x10, Sr = 0x20, Cr = 0x28, Eccr = 0x30, Prefix = "NS", Irq = 6, PageSize = 8192, Words = 4,
        DoubleWordTime = 118_000_000_000, PageEraseTime = 1_500_000_000_000, MassEraseTime = 195_000_000_000_000,
        Options =
        [
            ("OPTR", 0x40, 0xFFFF_F7FF, 0x1FEF_F8AA),
            ("NSBOOTADD0R", 0x44, 0xFFFF_FF80, 0x0800_007F), ("NSBOOTADD1R", 0x48, 0xFFFF_FF80, 0x0BF9_007F),
            ("WRP1AR", 0x58, 0x80FF_00FF, 0xFF00_FFFF), ("WRP1BR", 0x5C, 0x80FF_00FF, 0xFF00_FFFF), ("WRP2AR", 0x68, 0x80FF_00FF, 0xFF00_FFFF), ("WRP2BR", 0x6C, 0x80FF_00FF, 0xFF00_FFFF),
        ],
    };

    /// <summary>STM32G071: RM0444 3.4.1, DS12232 table "Flash memory characteristics".</summary>
    public static FlashKindL4 G0 { get; } = new()
    {
        TwoBanks = false, HasPowerDownKey = false, HasConfigurationBusy = true, AcrReset = 0x4_0600, AcrMask = 0x5_0F07, CrMask = 0xDF07_01FF, PageNumberBits = 6, Irq = 3,
        DoubleWordTime = 85_000_000_000, PageEraseTime = 22_000_000_000_000, MassEraseTime = 22_100_000_000_000,
        Options =
        [
            ("OPTR", 0x20, 0x3F4F_FFFF, 0xFFFF_FEAA),
            ("PCROP1ASR", 0x24, 0xFF, 0xFFFF_FFFF), ("PCROP1AER", 0x28, 0x8000_00FF, 0x7FFF_FF00), ("WRP1AR", 0x2C, 0x003F_003F, 0xFF00_FFFF), ("WRP1BR", 0x30, 0x003F_003F, 0xFF00_FFFF),
            ("PCROP1BSR", 0x34, 0xFF, 0xFFFF_FFFF), ("PCROP1BER", 0x38, 0xFF, 0xFFFF_FF00), ("SECR", 0x80, 0x0001_007F, 0),
        ],
    };
}
