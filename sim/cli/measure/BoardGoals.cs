namespace SharpProbe.Sim.Cli.Measure;

/// <summary>What a board is held against, where its hardware allows it; null: reported only.</summary>
/// <param name="CyclesAClock">Of SWD, at the fastest.</param>
/// <param name="RamLoad">gdb's load into a target's RAM, MB/s.</param>
/// <param name="RamRead">Its reading of RAM, MB/s.</param>
/// <param name="DapBulk">A target's RAM through CMSIS-DAP v2 either way, kB/s.</param>
/// <param name="DapHid">The same through v1.</param>
internal sealed record BoardGoals(double? CyclesAClock = null, double? RamLoad = null, double? RamRead = null, double? DapBulk = null, double? DapHid = null)
{
    // The H7's GPIO ports lie behind a bus at half the core's clock, and three boards have USB at full speed only.
    public static BoardGoals Of(string board) => board switch
    {
        "stlinkv3mini" => new(12, 1.0, 0.8, 1200, 300),
        "pybd_sf2" => new(12),
        _ => new(),
    };
}
