namespace SharpProbe.Sim.Gdb;

/// <summary>Z and z: breakpoints (0 and 1 are the same here: no instruction is replaced) and watchpoints (2 to 4).</summary>
internal static class PointPackets
{
    public static string Insert(GdbSession session, byte[] packet) => Change(session.Debugger.Points, packet, true);

    public static string Remove(GdbSession session, byte[] packet) => Change(session.Debugger.Points, packet, false);

    private static string Change(DebugPoints points, byte[] packet, bool insert)
    {
        var r = new RspReader(packet.AsSpan(1));
        if (!r.TryNumber(out uint type) || !r.TryTake(',') || !r.TryNumber(out uint address) || !r.TryTake(',') || !r.TryNumber(out uint kind)) return GdbSession.BadPacket;
        if (type > 4) return "";
        if (type < 2)
        {
            if (insert) points.AddBreakpoint(address & ~1u);
            else points.RemoveBreakpoint(address & ~1u);
            return "OK";
        }
        if (kind == 0) return GdbSession.BadPacket;
        var watch = new Watchpoint((WatchKind)type, address, kind);
        if (insert) points.Add(watch);
        else points.Remove(watch);
        return "OK";
    }
}
