namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>Where the two flash modules of the Kinetis KE0x have their byte registers. They are the same otherwise.</summary>
/// <param name="Name">FTMRE, FTMRH.</param>
/// <param name="Registers">Offset by name.</param>
public sealed record FtmrKind(string Name, IReadOnlyDictionary<FtmrKind.Register, int> Registers)
{
    public enum Register
    {
        Clkdiv,
        Sec,
        Ccobix,
        Cnfg,
        Stat,
        Prot,
        Ccobhi,
        Ccoblo,
        Opt,
        Eeprot,
    }

    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <summary>Data sheets MKE02P64M20SF0 and MKE06P80M48SF0, table "Flash characteristics", typical: one long word, two, a sector, everything.</summary>
    public const ulong Word = 130 * Microsecond, TwoWords = 210 * Microsecond, SectorErase = 20_050 * Microsecond, EraseAll = 100_180 * Microsecond;

    /// <summary>Everything else, at most.</summary>
    public const ulong Check = 200 * Microsecond;

    /// <summary>KE04, KE06 (MKE06P80M48SF0RM 18.3.4).</summary>
    public static FtmrKind Ftmre { get; } = new("FTMRE", new Dictionary<Register, int>
    {
        [Register.Ccobix] = 1, [Register.Sec] = 2, [Register.Clkdiv] = 3, [Register.Stat] = 5, [Register.Cnfg] = 7, [Register.Ccoblo] = 8, [Register.Ccobhi] = 9, [Register.Prot] = 0xB, [Register.Opt] = 0xF,
    });

    /// <summary>KE02 (MKE02Z64M20SF0RM 18.3.4).</summary>
    public static FtmrKind Ftmrh { get; } = new("FTMRH", new Dictionary<Register, int>
    {
        [Register.Clkdiv] = 0, [Register.Sec] = 1, [Register.Ccobix] = 2, [Register.Cnfg] = 4, [Register.Stat] = 6, [Register.Prot] = 8, [Register.Eeprot] = 9, [Register.Ccobhi] = 0xA, [Register.Ccoblo] = 0xB, [Register.Opt] = 0xC,
    });
}
