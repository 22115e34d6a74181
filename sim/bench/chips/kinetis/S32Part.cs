namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>Parts whose SIM has the Kinetis' second page alone: S32K1, and KE1xF, from which it was made.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Family">For lists of targets.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="RamKilobytes">From 0x1FFF8000 on.</param>
/// <param name="Sdid">SIM_SDID.</param>
/// <param name="Fcfg1">SIM_FCFG1.</param>
/// <param name="Fcfg2">SIM_FCFG2.</param>
public sealed record S32Part(string Name, string Family, string Words, uint RamKilobytes, uint Sdid, uint Fcfg1, uint Fcfg2)
{
    public uint FlashKilobytes => 512;

    public FtfxKind Flash { get; init; } = FtfxKind.Ftfc;

    /// <summary>S32K1xx reference manual: generation 1, subseries 4, derivate 4, all of the RAM, revision 2, 100 pins; FCFG1 without sizes.</summary>
    public static S32Part S32K144 { get; } = new("s32k144", "S32K1", "S32K144, 512 KB of flash, 60 KB of RAM, a Cortex-M4F", 60, 0x144F_2BC3, 0x000F_F000, 0);

    /// <summary>KE1xF Sub-Family Reference Manual: family 1, subfamily 8, series 2, 64 KB of RAM, KE1xF, 100 pins; 512 KB and 64 KB of FlexNVM, whole.</summary>
    public static S32Part Ke18F { get; } = new("mke18f512", "Kinetis E", "MKE18F512VLL16, 512 KB of flash, 64 KB of RAM, a Cortex-M4F", 64, 0x1827_0088, 0x5B02_0F00, 0x4008_0000) { Flash = FtfxKind.FtfeWithAccess };

    public static IReadOnlyList<S32Part> All { get; } = [S32K144, Ke18F];
}
