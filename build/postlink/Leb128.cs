namespace SharpProbe.Build.PostLink;

/// <summary>Variable-length integers of DWARF (DWARF 4, 7.6).</summary>
static class Leb128
{
    public static ulong ReadUnsigned(ReadOnlySpan<byte> data, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = data[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    public static long ReadSigned(ReadOnlySpan<byte> data, ref int at)
    {
        long value = 0;
        int shift = 0;
        byte next;
        do
        {
            next = data[at++];
            value |= (long)(next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return (next & 0x40) != 0 && shift < 64 ? value | -1L << shift : value;
    }

    public static void WriteUnsigned(List<byte> output, ulong value)
    {
        for (; value >= 0x80; value >>= 7) output.Add((byte)(value | 0x80));
        output.Add((byte)value);
    }

    public static void WriteSigned(List<byte> output, long value)
    {
        while (value is < -64 or > 63)
        {
            output.Add((byte)(value & 0x7F | 0x80));
            value >>= 7;
        }
        output.Add((byte)(value & 0x7F));
    }
}
