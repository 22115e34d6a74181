namespace SharpProbe.Gdb;

/// <summary>One row of a table of packets. A name of one letter needs no separator behind it.</summary>
/// <param name="name">As the packet begins.</param>
/// <param name="run">Reads the arguments and writes the reply; an empty reply says "not supported".</param>
public unsafe readonly struct GdbPacket(string name, delegate*<GdbServer, ref PacketReader, void> run)
{
    public string Name { get; } = name;
    public delegate*<GdbServer, ref PacketReader, void> Run { get; } = run;
}
