using System;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>One row of a table of monitor commands. Names are matched by prefix, in the table's order.</summary>
/// <param name="name">Whole name.</param>
/// <param name="arguments">"[enable|disable]", or empty.</param>
/// <param name="summary">What help says, a line.</param>
/// <param name="run">Does it and writes its text; false: it failed, and the text says why.</param>
public unsafe readonly struct MonitorCommand(string name, string arguments, string summary, delegate*<TargetSession, ref Words, TextOutput, bool> run)
{
    public string Name { get; } = name;
    public string Arguments { get; } = arguments;
    public string Summary { get; } = summary;
    public delegate*<TargetSession, ref Words, TextOutput, bool> Run { get; } = run;
}
