using System;
using System.Buffers.Binary;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Spans
{
    internal static void Run()
    {
        Span<byte> bytes = stackalloc byte[67];
        bytes.Fill(7);
        int sum = 0;
        foreach (byte b in bytes) sum += b;
        Check(sum == 67 * 7, "fill and foreach"u8);
        bytes[1..5].Clear();
        Check(bytes[0] == 7 && bytes[1] == 0 && bytes[4] == 0 && bytes[5] == 7, "a slice is cleared exactly"u8);
        Check(CopiesMatch(bytes), "copies of every length and alignment"u8);
        Check("hello"u8.Length == 5 && "hello"u8[Opaque(4)] == 'o', "UTF-8 literals"u8);
        Check("hello"u8.IndexOf((byte)'l') == 2 && "hello"u8.SequenceEqual("hello"u8) && !"hello"u8.StartsWith("help"u8), "searching"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[1..], 0x12345678);
        Check(bytes[1] == 0x78 && BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) == 0x78563412, "binary primitives, unaligned"u8);
        Span<ushort> variable = stackalloc ushort[Opaque(9)];
        variable[8] = 1;
        Check(variable.Length == 9 && variable[0] == 0, "stackalloc of a variable length"u8);
        Span<int> numbers = [Opaque(3), Opaque(4)];
        Check(numbers[0] + numbers[1] == 7, "a collection expression"u8);
    }

    static bool CopiesMatch(Span<byte> source)
    {
        Span<byte> target = stackalloc byte[80];
        for (int i = 0; i < source.Length; i++) source[i] = (byte)(i * 7);
        for (int from = 0; from < 5; from++)
            for (int to = 0; to < 5; to++)
                for (int length = 0; length < 60; length++)
                {
                    target.Fill(0xEE);
                    source.Slice(from, length).CopyTo(target[to..]);
                    for (int i = 0; i < target.Length; i++)
                    {
                        bool inside = i >= to && i < to + length;
                        if (target[i] != (inside ? source[from + i - to] : 0xEE)) return false;
                    }
                }
        return true;
    }
}
