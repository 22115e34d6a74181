using System.Buffers.Binary;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>A program for a Kinetis or an LPC, whose flash is at 0: it counts in r2 for ever. Its loop begins 12 bytes after its first instruction, at 0x100.</summary>
internal static class NxpImage
{
    public const uint Start = 0x100, Loop = Start + 12;

    /// <summary>FSEC in the configuration field.</summary>
    public static int SecurityOf(string target) => target.StartsWith("mke0", StringComparison.Ordinal) ? 0x40E : 0x40C;

    /// <summary>So many bytes of flash; behind the program are random ones, with what both families want: an open configuration field at 0x400, no protection at 0x2FC, vectors whose sum is 0.</summary>
    public static byte[] Of(int size, uint stack = 0x2000_1000, string target = "")
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x300).Clear();
        void Word(int at, uint value) => BitConverter.TryWriteBytes(image.AsSpan(at), value);
        Word(0, stack);
        for (int n = 1; n < 64; n++) Word(n * 4, Start | 1);
        // Six NOPs; ADDS r2, #1; B .-2
        ushort[] code = [0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x3201, 0xE7FD];
        for (int i = 0; i < code.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x100 + i * 2), code[i]);
        Word(0x1C, 0 - (stack + 6 * (Start | 1)));
        if (size < 0x410) return image;
        image.AsSpan(0x400, 16).Fill(0xFF);
        image[SecurityOf(target)] = 0xFE;
        return image;
    }

    /// <summary>The sum of the first eight vectors, which is 0 for an LPC's boot ROM.</summary>
    public static uint Sum(ReadOnlySpan<byte> image)
    {
        uint sum = 0;
        for (int i = 0; i < 8; i++) sum += BinaryPrimitives.ReadUInt32LittleEndian(image[(i * 4)..]);
        return sum;
    }
}
