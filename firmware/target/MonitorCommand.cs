using System;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>One row of a table of monitor commands. Names are matched by prefix, in the table's order.</summary>
/// <param name="text">"name [arguments]\nwhat help says, a line".</param>
/// <param name="run">Does it and writes its text; false: it failed, and the text says why.</param>
public unsafe readonly struct MonitorCommand(ReadOnlySpan<byte> text, delegate*<TargetSession, ref Words, TextOutput, bool> run)
{
    public CommandText Text { get; } = new(text);
    public delegate*<TargetSession, ref Words, TextOutput, bool> Run { get; } = run;
}
