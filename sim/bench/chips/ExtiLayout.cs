namespace SharpProbe.Sim.Chips;

/// <summary>Where a family's EXTI has its registers, which lines there are, and which interrupt each raises.</summary>
public sealed class ExtiLayout
{
    public required IReadOnlyList<ExtiBank> Banks { get; init; }
    /// <summary>Offset of a register ("IMR", "EMR", "RTSR", "FTSR", "SWIER", "PR") of a bank.</summary>
    public required Func<string, int, uint> Offset { get; init; }
    /// <summary>Register name of a bank, e.g. "CPUIMR1".</summary>
    public required Func<string, int, string> NameOf { get; init; }
    /// <summary>NVIC input of a configurable line; null: the line only wakes.</summary>
    public required Func<int, int?> Interrupt { get; init; }
    public required int Widths { get; init; }
    /// <summary>H7 only: registers of the D3 domain's autonomous mode, which is not modelled.</summary>
    public IReadOnlyList<(string Name, uint Offset, uint Mask)> D3Registers { get; init; } = [];

    private static readonly Dictionary<string, uint> OffsetsF7 = new() { ["IMR"] = 0, ["EMR"] = 4, ["RTSR"] = 8, ["FTSR"] = 0xC, ["SWIER"] = 0x10, ["PR"] = 0x14 };

    /// <summary>RM0431, "EXTI": 24 lines. From 16: PVD, RTC alarm, OTG FS, 19 unused, OTG HS, tamper, RTC wake-up, LPTIM1.</summary>
    public static ExtiLayout F7 { get; } = new()
    {
        Banks = [new(0x00FF_FFFF, 0x00FF_FFFF, 0)],
        Offset = (register, _) => OffsetsF7[register],
        NameOf = (register, _) => register,
        Interrupt = line => line switch { 16 => 1, 17 => 41, 18 => 42, 20 => 76, 21 => 2, 22 => 3, 23 => 93, _ => Pin(line) },
        Widths = 4,
    };

    private static readonly Dictionary<string, (uint Base, uint Step)> OffsetsH7 = new()
    {
        ["RTSR"] = (0x00, 0x20), ["FTSR"] = (0x04, 0x20), ["SWIER"] = (0x08, 0x20),
        ["IMR"] = (0x80, 0x10), ["EMR"] = (0x84, 0x10), ["PR"] = (0x88, 0x10),
    };

    /// <summary>
    /// RM0433, "EXTI": lines 0 to 21 and a few above are configurable; the rest are direct, and their interrupts go to the NVIC past the EXTI.
    /// The interrupts of the configurable lines above 21 come from their blocks as well.
    /// </summary>
    public static ExtiLayout H7 { get; } = new()
    {
        Banks = [new(0x003F_FFFF, 0xFFFF_FFFF, 0xFFC0_0000), new(0x000A_0000, 0xFFFF_DFFF, 0xFFF5_FFFF & 0xFFFF_DFFF), new(0x0074_0000, 0x01F5_FFFF, 0x0181_FFFF)],
        Offset = (register, bank) => OffsetsH7[register].Base + OffsetsH7[register].Step * (uint)bank,
        NameOf = (register, bank) => (OffsetsH7[register].Base >= 0x80 ? "CPU" : "") + register + (bank + 1),
        Interrupt = line => line switch { 16 => 1, 17 => 41, 18 => 2, 19 => 3, 20 or 21 => 137, > 21 => null, _ => Pin(line) },
        Widths = 7,
        D3Registers =
        [
            ("D3PMR1", 0x0C, 0x0238_FFFF), ("D3PCR1L", 0x10, 0xFFFF_FFFF), ("D3PCR1H", 0x14, 0x000C_0FC0), ("D3PMR2", 0x2C, 0x003F_020C),
            ("D3PCR2L", 0x30, 0x000C_00F0), ("D3PCR2H", 0x34, 0x0000_0FFF), ("D3PMR3", 0x4C, 0x0100_0000), ("D3PCR3H", 0x54, 0x000C_0000),
        ],
    };

    private static int? Pin(int line) => line switch { < 5 => 6 + line, < 10 => 23, < 16 => 40, _ => null };
}
