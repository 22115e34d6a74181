namespace SharpProbe.Sim.Gdb;

/// <summary>One gdb on the line: reads packets, finds who serves them, answers.</summary>
internal sealed class GdbSession(RspConnection connection, Debugger debugger)
{
    /// <summary>By prefix; the longest comes first. A packet without a handler gets the empty reply, which means "not supported".</summary>
    private static readonly (string Prefix, Func<GdbSession, byte[], string?> Serve)[] Handlers =
    [
        .. new (string Prefix, Func<GdbSession, byte[], string?> Serve)[]
        {
            ("qSupported", QueryPackets.Supported), ("QStartNoAckMode", QueryPackets.NoAcknowledgements), ("qXfer:features:read:", QueryPackets.Features),
            ("qfThreadInfo", (_, _) => "m1"), ("qsThreadInfo", (_, _) => "l"), ("qC", (_, _) => "QC1"), ("qAttached", (_, _) => "1"),
            ("H", (_, _) => "OK"), ("T", (_, _) => "OK"), ("!", (_, _) => "OK"), ("qRcmd,", MonitorPackets.Command), ("qSymbol", (_, _) => "OK"),
            ("?", RunPackets.Why), ("c", RunPackets.Continue), ("C", RunPackets.Continue), ("s", RunPackets.Step), ("S", RunPackets.Step),
            ("vCont?", (_, _) => "vCont;c;C;s;S;r"), ("vCont;", RunPackets.VCont), ("vRun", RunPackets.Restart), ("R", RunPackets.Restart), ("k", RunPackets.Kill), ("vKill", RunPackets.Kill), ("D", RunPackets.Detach),
            ("g", RegisterPackets.ReadAll), ("G", RegisterPackets.WriteAll), ("p", RegisterPackets.Read), ("P", RegisterPackets.Write),
            ("m", MemoryPackets.Read), ("M", MemoryPackets.Write), ("X", MemoryPackets.WriteBinary), ("Z", PointPackets.Insert), ("z", PointPackets.Remove),
        }.OrderByDescending(h => h.Prefix.Length),
    ];

    public const string BadPacket = "E16", NoMemory = "E0e", Failed = "E01";    // EINVAL, EFAULT

    public RspConnection Connection { get; } = connection;
    public Debugger Debugger { get; } = debugger;
    public IReadOnlyList<GdbRegister> Registers { get; } = GdbRegister.Of(debugger.Core);

    /// <summary>Answer to "?".</summary>
    public StopReason LastStop { get; set; } = new(StopReason.Trap);

    /// <summary>Set by detach and kill.</summary>
    public bool Ended { get; set; }

    /// <summary>Set when the debugged program is to end with the session (kill, exit).</summary>
    public bool Killed { get; set; }

    public void Serve()
    {
        while (!Ended && Connection.Read() is { } packet)
            if (Answer(packet) is { } reply) Connection.Send(reply);
    }

    /// <summary>The reply to one packet; null for none.</summary>
    public string? Answer(byte[] packet)
    {
        foreach (var (prefix, serve) in Handlers)
            if (HasPrefix(packet, prefix)) return serve(this, packet);
        return "";
    }

    /// <summary>Text on gdb's console. Only while gdb waits for a stop or a monitor command's end.</summary>
    public void Print(string text)
    {
        const int Chunk = 1024;
        for (int i = 0; i < text.Length; i += Chunk) Connection.Send("O" + Hex.OfText(text[i..Math.Min(text.Length, i + Chunk)]));
    }

    private static bool HasPrefix(byte[] packet, string prefix)
    {
        if (packet.Length < prefix.Length) return false;
        for (int i = 0; i < prefix.Length; i++)
            if (packet[i] != prefix[i]) return false;
        return true;
    }
}
