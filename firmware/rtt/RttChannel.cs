using System;
using System.Buffers.Binary;

namespace SharpProbe.Rtt;

/// <summary>A channel's ring as the control block describes it: six words (SEGGER_RTT_BUFFER_UP, _DOWN).</summary>
public readonly struct RttChannel
{
    /// <summary>Bytes of a description.</summary>
    public const int Size = 24;

    /// <summary>Where the two offsets lie in a description.</summary>
    public const uint WriteOffset = 12, ReadOffset = 16;

    public RttChannel(ReadOnlySpan<byte> description)
    {
        Buffer = BinaryPrimitives.ReadUInt32LittleEndian(description[4..]);
        Length = BinaryPrimitives.ReadUInt32LittleEndian(description[8..]);
        Write = BinaryPrimitives.ReadUInt32LittleEndian(description[12..]);
        Read = BinaryPrimitives.ReadUInt32LittleEndian(description[16..]);
    }

    /// <summary>Address of the ring.</summary>
    public uint Buffer { get; }

    /// <summary>Bytes of the ring; it holds one fewer.</summary>
    public uint Length { get; }

    /// <summary>Offsets of the next byte in and out.</summary>
    public uint Write { get; }
    public uint Read { get; }

    /// <summary>The offsets make sense.</summary>
    public bool IsValid => Length != 0 && Write < Length && Read < Length;

    /// <summary>Bytes that can be read in one piece.</summary>
    public uint Filled => (Write >= Read ? Write : Length) - Read;

    /// <summary>Bytes that can be written in one piece.</summary>
    public uint Free => Write >= Read ? Length - Write - (Read == 0 ? 1u : 0) : Read - Write - 1;
}
