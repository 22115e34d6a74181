using System;
using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>One row of the table of the probe's own commands. Names are matched by prefix, in the table's order.</summary>
/// <param name="text">"name [arguments]\nwhat help says, a line".</param>
/// <param name="run">Does it and writes its text; false: it failed, and the text says why.</param>
public unsafe readonly struct ProbeCommand(ReadOnlySpan<byte> text, delegate*<ProbeMonitor, ref Words, TextOutput, bool> run)
{
    public CommandText Text { get; } = new(text);
    public delegate*<ProbeMonitor, ref Words, TextOutput, bool> Run { get; } = run;
}
