using System;
using System.Buffers.Binary;

namespace SharpProbe.Booting;

/// <summary>What an application says about itself, in words 7 to 10 of its vector table, which the architecture reserves (docs/bootloader.md).</summary>
/// <param name="head">The first <see cref="HeadSize"/> bytes of the image.</param>
public readonly struct ImageHeader(ReadOnlySpan<byte> head)
{
    /// <summary>Bytes that hold the header, and that are written last.</summary>
    public const int HeadSize = 64;

    /// <summary>Word 9, the CRC, counts as 0 in the CRC.</summary>
    public const int CrcOffset = 0x24;

    /// <summary>The length is a multiple of this.</summary>
    public const uint LengthUnit = 32;

    private const uint Magic = 0x5041_5053;                        // "SPAP"

    private readonly uint _magic = Word(head, 7), _boardAndVersion = Word(head, 10);

    public uint StackTop { get; } = Word(head, 0);

    /// <summary>Address of the reset handler with bit 0 set.</summary>
    public uint Reset { get; } = Word(head, 1);

    /// <summary>Bytes of the image.</summary>
    public uint Length { get; } = Word(head, 8);

    public uint Crc { get; } = Word(head, 9);

    public byte Board => (byte)_boardAndVersion;

    /// <summary>Major, minor and patch, a byte each from the top.</summary>
    public uint Version => _boardAndVersion >> 8;

    public bool HasMagic => _magic == Magic;

    private static uint Word(ReadOnlySpan<byte> head, int n) => BinaryPrimitives.ReadUInt32LittleEndian(head[(4 * n)..]);
}
