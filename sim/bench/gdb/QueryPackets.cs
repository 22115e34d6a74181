using System.Text;

namespace SharpProbe.Sim.Gdb;

/// <summary>qSupported, QStartNoAckMode and qXfer:features (gdb manual, "General Query Packets").</summary>
internal static class QueryPackets
{
    public static string Supported(GdbSession session, byte[] packet) =>
        $"PacketSize={RspConnection.PacketSize:x};QStartNoAckMode+;qXfer:features:read+;vContSupported+;hwbreak-;swbreak-";

    public static string? NoAcknowledgements(GdbSession session, byte[] packet)
    {
        session.Connection.Send("OK");
        session.Connection.Acknowledges = false;
        return null;
    }

    /// <summary>"qXfer:features:read:target.xml:offset,length": a piece of the description, "m" when more follows, "l" for the last.</summary>
    public static string Features(GdbSession session, byte[] packet)
    {
        var r = new RspReader(packet.AsSpan("qXfer:features:read:".Length));
        if (!r.TryTake("target.xml:"u8)) return "E00";
        if (!r.TryNumber(out uint offset) || !r.TryTake(',') || !r.TryNumber(out uint length) || !r.AtEnd) return GdbSession.BadPacket;
        byte[] xml = Encoding.ASCII.GetBytes(GdbRegister.Description(session.Registers));
        if (offset >= xml.Length) return "l";
        int count = (int)Math.Min(Math.Min(length, RspConnection.PacketSize - 8), (uint)xml.Length - offset);
        return (offset + count < xml.Length ? "m" : "l") + Encoding.ASCII.GetString(xml, (int)offset, count);
    }
}
