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
        foreach (ref readonly ProbeCommand row in monitor.Rows) Line(output, row.Text);
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
        foreach (ref readonly MonitorCommand row in rows) Line(output, row.Text);
    }

    private static void Line(TextOutput output, CommandText text)
    {
        Span<byte> buffer = stackalloc byte[128];
        var line = new ByteWriter(buffer);
        line.Write("  "u8);
        line.Write(text.Usage);
        if (line.Written.Length >= Column)
        {
            line.Write((byte)'\n');
            output.Write(line.Written);
            line = new ByteWriter(buffer);
        }
        while (line.Written.Length < Column) line.Write((byte)' ');
        line.Write(text.Summary);
        line.Write((byte)'\n');
        output.Write(line.Written);
    }
}
