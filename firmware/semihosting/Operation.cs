namespace SharpProbe.Hosting;

/// <summary>One row of the table of operations.</summary>
/// <param name="number">In r0.</param>
/// <param name="words">Of the block that r1 points to; they are read before <paramref name="run"/>.</param>
/// <param name="run">Does it, or asks gdb.</param>
readonly unsafe struct Operation(byte number, byte words, delegate*<SemihostingServer, CallOutcome> run)
{
    public byte Number { get; } = number;
    public byte Words { get; } = words;
    public delegate*<SemihostingServer, CallOutcome> Run { get; } = run;
}
