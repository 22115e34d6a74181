using System;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Monitoring;

/// <summary>"help": names and arguments in one column, what they do in the next; below it where that is too narrow.</summary>
static class HelpText
{
    /// <summary>Where the second column starts.</summary>
    private const int Column = 34;

    public static bool Run(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        output.Write("Any beginning of a name will do.\n"u8);
        foreach (ref readonly ProbeCommand row in monitor.Rows) Line(output, row.Name, row.Arguments, row.Summary);
        if (monitor.Session.Current is not { } target) return true;
        Table(output, "Cortex-"u8, target.Core, target.Commands);
        Table(output, default, target.Driver, target.PartCommands);
        return true;
    }

    private static void Table(TextOutput output, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> title, ReadOnlySpan<MonitorCommand> rows)
    {
        if (rows.Length == 0) return;
        output.Write(prefix);
        output.Write(title);
        output.Write(":\n"u8);
        foreach (ref readonly MonitorCommand row in rows) Line(output, row.Name, row.Arguments, row.Summary);
    }

    private static void Line(TextOutput output, string name, string arguments, string summary)
    {
        Span<byte> buffer = stackalloc byte[128];
        var line = new ByteWriter(buffer);
        line.Write("  "u8);
        Add(ref line, name);
        if (arguments.Length != 0) line.Write((byte)' ');
        Add(ref line, arguments);
        if (line.Written.Length >= Column)
        {
            line.Write((byte)'\n');
            output.Write(line.Written);
            line = new ByteWriter(buffer);
        }
        while (line.Written.Length < Column) line.Write((byte)' ');
        Add(ref line, summary);
        line.Write((byte)'\n');
        output.Write(line.Written);
    }

    private static void Add(ref ByteWriter line, string text)
    {
        foreach (char c in text.AsSpan()) line.Write((byte)c);
    }
}
