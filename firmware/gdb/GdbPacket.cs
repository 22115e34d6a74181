using System;
using SharpProbe.Io;

namespace SharpProbe.Gdb;

/// <summary>One row of a table of packets. A name of one letter needs no separator behind it.</summary>
/// <param name="name">As the packet begins.</param>
/// <param name="run">Reads the arguments and writes the reply; an empty reply says "not supported".</param>
public unsafe readonly struct GdbPacket(ReadOnlySpan<byte> name, delegate*<GdbServer, ref PacketReader, void> run)
{
    public Literal Name { get; } = new(name);
    public delegate*<GdbServer, ref PacketReader, void> Run { get; } = run;
}
