using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>One row of the table of the probe's own commands. Names are matched by prefix, in the table's order.</summary>
/// <param name="name">Whole name.</param>
/// <param name="arguments">"[enable|disable]", or empty.</param>
/// <param name="summary">What help says, a line.</param>
/// <param name="run">Does it and writes its text; false: it failed, and the text says why.</param>
public unsafe readonly struct ProbeCommand(string name, string arguments, string summary, delegate*<ProbeMonitor, ref Words, TextOutput, bool> run)
{
    public string Name { get; } = name;
    public string Arguments { get; } = arguments;
    public string Summary { get; } = summary;
    public delegate*<ProbeMonitor, ref Words, TextOutput, bool> Run { get; } = run;
}
