using System.Text;

namespace SharpProbe.Sim.Gdb;

/// <summary>g, G, p and P: registers in target byte order, numbered as in the target description.</summary>
internal static class RegisterPackets
{
    public static string ReadAll(GdbSession session, byte[] packet)
    {
        var text = new StringBuilder();
        foreach (var r in session.Registers) text.Append(Hex.OfValue(r.Get(session.Debugger.Core), r.Bits));
        return text.ToString();
    }

    public static string WriteAll(GdbSession session, byte[] packet)
    {
        var reader = new RspReader(packet.AsSpan(1));
        foreach (var r in session.Registers)
        {
            if (reader.AtEnd) break;
            if (!TryValue(ref reader, r.Bits, out ulong value)) return GdbSession.BadPacket;
            r.Set(session.Debugger.Core, value);
        }
        return "OK";
    }

    public static string Read(GdbSession session, byte[] packet)
    {
        var reader = new RspReader(packet.AsSpan(1));
        if (!reader.TryNumber(out uint number) || number >= session.Registers.Count) return GdbSession.BadPacket;
        var r = session.Registers[(int)number];
        return Hex.OfValue(r.Get(session.Debugger.Core), r.Bits);
    }

    public static string Write(GdbSession session, byte[] packet)
    {
        var reader = new RspReader(packet.AsSpan(1));
        if (!reader.TryNumber(out uint number) || number >= session.Registers.Count || !reader.TryTake('=')) return GdbSession.BadPacket;
        var r = session.Registers[(int)number];
        if (!TryValue(ref reader, r.Bits, out ulong value)) return GdbSession.BadPacket;
        r.Set(session.Debugger.Core, value);
        return "OK";
    }

    private static bool TryValue(ref RspReader reader, int bits, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[bits / 8];
        value = 0;
        if (!reader.TryBytes(bytes)) return false;
        for (int i = 0; i < bytes.Length; i++) value |= (ulong)bytes[i] << 8 * i;
        return true;
    }
}
