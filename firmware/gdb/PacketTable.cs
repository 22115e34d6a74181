using System;

namespace SharpProbe.Gdb;

/// <summary>Finds the row of a packet. A packet that has none gets an empty reply.</summary>
static unsafe class PacketTable
{
    public static void Run(GdbServer gdb, ReadOnlySpan<byte> packet)
    {
        if (packet.Length == 0) return;
        ReadOnlySpan<GdbPacket> rows = packet[0] switch
        {
            (byte)'v' or (byte)'c' or (byte)'C' or (byte)'s' or (byte)'S' or (byte)'?' => Running(packet),
            (byte)'q' or (byte)'Q' => QueryPackets.Rows,
            (byte)'m' or (byte)'M' or (byte)'x' or (byte)'X' => MemoryPackets.Rows,
            (byte)'g' or (byte)'G' or (byte)'p' or (byte)'P' => RegisterPackets.Rows,
            (byte)'z' or (byte)'Z' => PointPackets.Rows,
            _ => SessionPackets.Rows,
        };
        foreach (ref readonly GdbPacket row in rows)
        {
            if (!Matches(row.Name, packet)) continue;
            var request = new PacketReader(packet[row.Name.Length..]);
            row.Run(gdb, ref request);
            return;
        }
    }

    private static ReadOnlySpan<GdbPacket> Running(ReadOnlySpan<byte> packet)
    {
        if (packet.StartsWith("vFlash"u8)) return FlashPackets.Rows;
        return packet[0] == 'v' && !packet.StartsWith("vCont"u8) ? SessionPackets.Rows : RunPackets.Rows;
    }

    private static bool Matches(string name, ReadOnlySpan<byte> packet)
    {
        if (packet.Length < name.Length) return false;
        for (int i = 0; i < name.Length; i++)
            if (packet[i] != name[i]) return false;
        return name.Length == 1 || packet.Length == name.Length || packet[name.Length] is (byte)':' or (byte)';' or (byte)',';
    }
}
