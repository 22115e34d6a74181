using System.Runtime.CompilerServices;
using SharpProbe.Intrinsics;

namespace System.Buffers.Binary;

/// <summary>Integers from and to bytes; the core loads and stores them unaligned.</summary>
public static class BinaryPrimitives
{
    public static ushort ReadUInt16LittleEndian(ReadOnlySpan<byte> source) => (ushort)(source[0] | source[1] << 8);

    public static uint ReadUInt32LittleEndian(ReadOnlySpan<byte> source)
    {
        ref readonly byte last = ref source[3];
        return Unsafe.ReadUnaligned<uint>(in source[0]);
    }

    public static ulong ReadUInt64LittleEndian(ReadOnlySpan<byte> source) =>
        ReadUInt32LittleEndian(source) | (ulong)ReadUInt32LittleEndian(source[4..]) << 32;

    public static uint ReadUInt32BigEndian(ReadOnlySpan<byte> source) => Cpu.Rev(ReadUInt32LittleEndian(source));

    public static ushort ReadUInt16BigEndian(ReadOnlySpan<byte> source) => (ushort)(source[0] << 8 | source[1]);

    public static void WriteUInt16LittleEndian(Span<byte> destination, ushort value)
    {
        destination[1] = (byte)(value >> 8);
        destination[0] = (byte)value;
    }

    public static void WriteUInt32LittleEndian(Span<byte> destination, uint value)
    {
        ref byte last = ref destination[3];
        Unsafe.WriteUnaligned(ref destination[0], value);
    }

    public static void WriteUInt64LittleEndian(Span<byte> destination, ulong value)
    {
        WriteUInt32LittleEndian(destination[4..], (uint)(value >> 32));
        WriteUInt32LittleEndian(destination, (uint)value);
    }

    public static void WriteUInt32BigEndian(Span<byte> destination, uint value) => WriteUInt32LittleEndian(destination, Cpu.Rev(value));

    public static uint ReverseEndianness(uint value) => Cpu.Rev(value);
}
