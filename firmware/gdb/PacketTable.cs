using System;

namespace SharpProbe.Gdb;

/// <summary>All packets, family by family; finds the row of one. A packet that has none gets an empty reply.</summary>
sealed unsafe class PacketTable
{
    private readonly GdbPacket[][] _families =
    [
        MemoryPackets.Rows(),
        RunPackets.Rows(),
        RegisterPackets.Rows(),
        FlashPackets.Rows(),
        PointPackets.Rows(),
        QueryPackets.Rows(),
        SessionPackets.Rows(),
        FilePackets.Rows(),
    ];

    public void Run(GdbServer gdb, ReadOnlySpan<byte> packet)
    {
        foreach (GdbPacket[] family in _families)
        {
            foreach (ref readonly GdbPacket row in family.AsSpan())
            {
                ReadOnlySpan<byte> name = row.Name.Text;
                if (!Matches(name, packet)) continue;
                var request = new PacketReader(packet[name.Length..]);
                row.Run(gdb, ref request);
                return;
            }
        }
    }

    private static bool Matches(ReadOnlySpan<byte> name, ReadOnlySpan<byte> packet)
    {
        if (!packet.StartsWith(name)) return false;
        return name.Length == 1 || packet.Length == name.Length || packet[name.Length] is (byte)':' or (byte)';' or (byte)',';
    }
}
