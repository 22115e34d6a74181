using System.Text;

namespace SharpProbe.Sim.Gdb;

/// <summary>qRcmd: what gdb's "monitor" passes on.</summary>
internal static class MonitorPackets
{
    private static readonly (string Name, string Help, Func<GdbSession, string, string> Run)[] Commands =
    [
        ("help", "this list", (_, _) => Help()),
        ("reset", "system reset; the core stands at its first instruction", Reset),
        ("time", "simulated time since power-on", (s, _) => Time(s.Debugger.Core.Time)),
        ("cycles", "core cycles and instructions", (s, _) => $"{s.Debugger.Core.Time.Cycles} cycles, {s.Debugger.Core.Instructions} instructions, core clock {s.Debugger.Core.Time.Hertz} Hz\n"),
        ("pins", "pins [TEXT]: wires whose names contain TEXT, with their levels", Pins),
        ("where", "function and line of the program counter", (s, _) => s.Debugger.Target.Symbols.Name(s.Debugger.Core.Pc) + "\n"),
    ];

    public static string Command(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan("qRcmd,".Length));
        byte[] text = new byte[r.Rest.Length / 2];
        if (!r.TryBytes(text) || !r.AtEnd) return GdbSession.BadPacket;
        string line = Encoding.UTF8.GetString(text).Trim();
        string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        var found = Array.FindAll(Commands, c => c.Name.StartsWith(words[0], StringComparison.OrdinalIgnoreCase));
        session.Print(found.Length != 1 || words[0].Length == 0
            ? $"\"{words[0]}\" is no monitor command.\n{Help()}"
            : found[0].Run(session, words.Length > 1 ? words[1] : ""));
        return "OK";
    }

    private static string Help() => string.Concat(Commands.Select(c => $"{c.Name,-8} {c.Help}\n"));

    private static string Reset(GdbSession session, string argument)
    {
        session.Debugger.Target.Reset();
        return $"reset: pc = {session.Debugger.Target.Symbols.Name(session.Debugger.Core.Pc)}\n";
    }

    private static string Time(TimeBase time) => $"{time.Now / (TimeBase.Second / 1_000_000_000) / 1000.0:F3} us\n";

    private static string Pins(GdbSession session, string argument)
    {
        var lines = session.Debugger.Target.Pins().Where(p => p.Name.Contains(argument, StringComparison.OrdinalIgnoreCase)).Select(p => $"{p.Name,-24} {p.Level}\n");
        string all = string.Concat(lines);
        return all.Length == 0 ? $"no wire's name contains \"{argument}\"\n" : all;
    }
}
