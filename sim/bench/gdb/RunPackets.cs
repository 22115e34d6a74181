namespace SharpProbe.Sim.Gdb;

/// <summary>?, c, s, vCont, k, D, R: running and stopping.</summary>
internal static class RunPackets
{
    // Between two looks at the socket: a few milliseconds of the host's time.
    private const ulong Slice = 200_000;

    public static string Why(GdbSession session, byte[] packet) => Stopped(session.LastStop);

    /// <summary>"c [address]", "C signal": runs until something happens. Signals mean nothing to a bare machine.</summary>
    public static string? Continue(GdbSession session, byte[] packet)
    {
        if (packet[0] == 'c' && !TryAddress(session, packet)) return GdbSession.BadPacket;
        while (true)
        {
            if (session.Debugger.Run(Slice) is { } stop) return Report(session, stop);
            if (!session.Connection.WantsAttention(out bool closed)) continue;
            if (closed) return null;
            return Report(session, new(StopReason.Interrupt));
        }
    }

    public static string Step(GdbSession session, byte[] packet)
    {
        if (packet[0] == 's' && !TryAddress(session, packet)) return GdbSession.BadPacket;
        return Report(session, session.Debugger.Step());
    }

    /// <summary>"vCont;action[:thread]...": there is one thread, so the first action counts.</summary>
    public static string? VCont(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan("vCont;".Length));
        if (r.TryTake('c') || r.TryTake('C')) return Continue(session, "C"u8.ToArray());
        if (r.TryTake('s') || r.TryTake('S')) return Step(session, "S"u8.ToArray());
        return r.TryTake('r') ? StepRange(session, r) : GdbSession.BadPacket;
    }

    public static string? Restart(GdbSession session, byte[] packet)
    {
        session.Debugger.Target.Reset();
        session.LastStop = new(StopReason.Trap);
        return packet[0] == 'R' ? null : Stopped(session.LastStop);
    }

    public static string? Kill(GdbSession session, byte[] packet)
    {
        session.Ended = session.Killed = true;
        return packet[0] == 'k' ? null : "OK";
    }

    public static string Detach(GdbSession session, byte[] packet)
    {
        session.Ended = true;
        return "OK";
    }

    // "r start,end": steps while the program counter is inside; one reply instead of hundreds.
    private static string? StepRange(GdbSession session, RspReader r)
    {
        if (!r.TryNumber(out uint start) || !r.TryTake(',') || !r.TryNumber(out uint end)) return GdbSession.BadPacket;
        for (int steps = 1; ; steps++)
        {
            var stop = session.Debugger.Step();
            if (stop is not { Signal: StopReason.Trap, Message: null, Watch: null, ExitCode: null }) return Report(session, stop);
            uint pc = session.Debugger.Core.Pc;
            if (pc < start || pc >= end || session.Debugger.Points.Breaks(pc)) return Report(session, stop);
            if (steps % 4096 == 0 && session.Connection.WantsAttention(out bool closed)) return closed ? null : Report(session, new(StopReason.Interrupt));
        }
    }

    private static bool TryAddress(GdbSession session, byte[] packet)
    {
        if (packet.Length == 1) return true;
        var r = new RspReader(packet.AsSpan(1));
        if (!r.TryNumber(out uint address)) return false;
        session.Debugger.Core.Pc = address & ~1u;
        return true;
    }

    private static string Report(GdbSession session, StopReason stop)
    {
        session.LastStop = stop;
        if (stop.Message is { } message) session.Print(message);
        if (stop.ExitCode is not null) session.Ended = session.Killed = true;
        return Stopped(stop);
    }

    private static string Stopped(StopReason stop)
    {
        if (stop.ExitCode is { } code) return $"W{code & 0xFF:x2}";
        string watch = stop.Watch is not { } w ? "" : w.Point.Kind switch
        {
            WatchKind.Write => $"watch:{w.Address:x8};",
            WatchKind.Read => $"rwatch:{w.Address:x8};",
            _ => $"awatch:{w.Address:x8};",
        };
        return $"T{stop.Signal:x2}{watch}thread:1;";
    }
}
