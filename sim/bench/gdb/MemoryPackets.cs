namespace SharpProbe.Sim.Gdb;

/// <summary>m, M and X: memory by address and length.</summary>
internal static class MemoryPackets
{
    private const int MostBytes = RspConnection.PacketSize / 2 - 8;

    /// <summary>A short answer says how far memory reaches; none at all is an error.</summary>
    public static string Read(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan(1));
        if (!r.TryNumber(out uint address) || !r.TryTake(',') || !r.TryNumber(out uint length) || !r.AtEnd) return GdbSession.BadPacket;
        byte[] bytes = new byte[Math.Min(length, MostBytes)];
        int count = session.Debugger.Memory.Read(address, bytes, out string? refusal);
        if (refusal is not null && count == 0) return GdbSession.Failed;
        return count == 0 && length != 0 ? GdbSession.NoMemory : Hex.Of(bytes.AsSpan(0, count));
    }

    public static string Write(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan(1));
        if (!r.TryNumber(out uint address) || !r.TryTake(',') || !r.TryNumber(out uint length) || !r.TryTake(':')) return GdbSession.BadPacket;
        if (length > MostBytes) return GdbSession.BadPacket;
        byte[] bytes = new byte[length];
        return r.TryBytes(bytes) && r.AtEnd ? Put(session, address, bytes) : GdbSession.BadPacket;
    }

    public static string WriteBinary(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan(1));
        if (!r.TryNumber(out uint address) || !r.TryTake(',') || !r.TryNumber(out uint length) || !r.TryTake(':')) return GdbSession.BadPacket;
        return r.Rest.Length == length ? Put(session, address, r.Rest) : GdbSession.BadPacket;
    }

    private static string Put(GdbSession session, uint address, ReadOnlySpan<byte> bytes) =>
        session.Debugger.Memory.Write(address, bytes, out string? refusal) ? "OK" : refusal is null ? GdbSession.NoMemory : GdbSession.Failed;
}
