using System.Text;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Tests.Debugging;

/// <summary>A monitor command of the attached target.</summary>
static class MonitorLine
{
    /// <summary>The command's text, with "!" before it where it failed.</summary>
    public static unsafe string Run(TargetSession session, string line)
    {
        var output = new TextLog();
        var words = new Words(Encoding.ASCII.GetBytes(line));
        Assert.True(words.TryTake(out ReadOnlySpan<byte> name));
        DebugTarget target = session[0];
        foreach (MonitorCommand row in (MonitorCommand[])[.. target.Commands, .. target.PartCommands])
            if (row.Text.Name.SequenceEqual(name)) return (row.Run(session, ref words, output) ? "" : "!") + output.Text;
        throw new ArgumentException(line);
    }
}
