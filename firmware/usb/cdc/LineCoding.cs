using System;
using System.Buffers.Binary;

namespace SharpProbe.Usb.Cdc;

/// <summary>Speed and format of a serial line (PSTN 1.2, table 17).</summary>
/// <param name="baud">Bits a second.</param>
/// <param name="stopBits">0: 1, 1: 1.5, 2: 2.</param>
/// <param name="parity">0 none, 1 odd, 2 even, 3 mark, 4 space.</param>
/// <param name="dataBits">5 to 8, 16.</param>
public readonly struct LineCoding(uint baud, byte stopBits, byte parity, byte dataBits)
{
    public const int Size = 7;

    public uint Baud { get; } = baud;
    public byte StopBits { get; } = stopBits;
    public byte Parity { get; } = parity;
    public byte DataBits { get; } = dataBits;

    public static LineCoding Default => new(115_200, 0, 0, 8);

    public bool Is(LineCoding other) => Baud == other.Baud && StopBits == other.StopBits && Parity == other.Parity && DataBits == other.DataBits;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out LineCoding coding)
    {
        coding = default;
        if (bytes.Length != Size) return false;
        coding = new(BinaryPrimitives.ReadUInt32LittleEndian(bytes), bytes[4], bytes[5], bytes[6]);
        return coding.Baud != 0 && coding.StopBits <= 2 && coding.Parity <= 4 && coding.DataBits is >= 5 and <= 8 or 16;
    }

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Baud);
        to[4] = StopBits;
        to[5] = Parity;
        to[6] = DataBits;
    }
}
