namespace SharpProbe.Sim.Qemu;

/// <summary>A record in the log: 192 bytes at <see cref="Address"/>, taken after the first <see cref="Lines"/> lines of the block.</summary>
public readonly record struct Snapshot(uint Address, int Lines)
{
    /// <summary>APSR, FPSCR, D0 to D15, R0 to R12, LR.</summary>
    public const int Size = 4 + 4 + 16 * 8 + 14 * 4;

    public static string NameOf(int offset) => offset switch
    {
        0 => "APSR",
        4 => "FPSCR",
        < 136 => $"S{(offset - 8) / 4} (D{(offset - 8) / 8})",
        _ => offset == 188 ? "LR" : $"R{(offset - 136) / 4}",
    };
}
