namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>What sets the generations of the Kinetis flash module apart, and their times in femtoseconds: typical ones where the data sheet has them, else the longest.</summary>
/// <param name="Name">FTFA, FTFE, FTFC.</param>
/// <param name="Unit">Bytes that one command programs.</param>
/// <param name="Sector">Bytes erased at once.</param>
/// <param name="Commands">FCMD values that there are.</param>
/// <param name="Program">A unit.</param>
/// <param name="SectorErase">A sector.</param>
/// <param name="EraseAll">Everything, with its verification.</param>
/// <param name="ReadAll">Read 1s All Blocks.</param>
/// <param name="Check">Every other command.</param>
public sealed record FtfxKind(string Name, uint Unit, uint Sector, byte[] Commands, ulong Program, ulong SectorErase, ulong EraseAll, ulong ReadAll, ulong Check)
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <summary>KL25 Sub-Family Reference Manual 27.4.10; data sheet KL25P80M48SF0, table "Flash command timing specifications": 65 µs a long word, 14 ms a sector, 62 ms for all.</summary>
    public static FtfxKind Ftfa { get; } = new("FTFA", 4, 1024, [0x01, 0x02, 0x03, 0x06, 0x09, 0x40, 0x41, 0x43, 0x44, 0x45], 65 * Microsecond, 14 * Millisecond, 62 * Millisecond, 1800 * Microsecond, 60 * Microsecond);

    /// <summary>K64 Sub-Family Reference Manual 29.4.12; data sheet K64P144M120SF5: 90 µs a phrase, 15 ms a sector, 870 ms for all.</summary>
    public static FtfxKind Ftfe { get; } = new("FTFE", 8, 4096, [0x00, 0x01, 0x02, 0x03, 0x07, 0x08, 0x09, 0x0B, 0x40, 0x41, 0x43, 0x44, 0x45, 0x49], 90 * Microsecond, 15 * Millisecond, 870 * Millisecond, 3400 * Microsecond, 100 * Microsecond);

    /// <summary>S32K1xx reference manual 36.5.11; data sheet S32K1xx, table "Flash command timing specifications", of the S32K144: 90 µs a phrase, 12 ms a sector, 400 ms for all.</summary>
    public static FtfxKind Ftfc { get; } = new("FTFC", 8, 4096, [0x00, 0x01, 0x02, 0x07, 0x08, 0x09, 0x0B, 0x40, 0x41, 0x43, 0x44, 0x45, 0x49], 90 * Microsecond, 12 * Millisecond, 400 * Millisecond, 2300 * Microsecond, 100 * Microsecond);

    /// <summary>KE1xF Sub-Family Reference Manual 36: the FTFE with registers that tell which segments are for execution or for the supervisor only (none here; 32 of 16 KB).</summary>
    public static FtfxKind FtfeWithAccess { get; } = Ftfe with { HasAccessControl = true };

    /// <summary>XACC, SACC, FACSS, FACSN.</summary>
    public bool HasAccessControl { get; init; }

    /// <summary>Section programming, 32 phrases or more at once, takes this long for each phrase (the same data sheet: 5 ms for 1 KB).</summary>
    public const ulong SectionPhrase = 39 * Microsecond;
}
