using System.Buffers.Binary;

namespace SharpProbe.Tests.Dfu;

/// <summary>An application that is nothing but its header and noise.</summary>
internal static class TestImage
{
    public static byte[] Make(uint start, int length, byte board = 1, uint version = 0x000100, int seed = 1)
    {
        byte[] image = new byte[length];
        new Random(seed).NextBytes(image);
        Word(image, 0, 0x2000_2000);
        Word(image, 1, start + 0x101);
        "SPAP"u8.CopyTo(image.AsSpan(28));
        Word(image, 8, (uint)length);
        Word(image, 10, board | version << 8);
        return Seal(image);
    }

    /// <summary>One that can be started: it turns round for ever.</summary>
    public static byte[] Program(uint start, int length, byte board, int seed)
    {
        byte[] image = Make(start, length, board, seed: seed);
        Word(image, 0x100 / 4, 0xE7FE_E7FE);                       // b .
        return Seal(image);
    }

    /// <summary>With the CRC that it should have.</summary>
    public static byte[] Seal(byte[] image)
    {
        Word(image, 9, 0);
        Word(image, 9, Crc(image));
        return image;
    }

    public static void Word(byte[] image, int n, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(4 * n), value);

    /// <summary>Bit by bit, as the text book has it.</summary>
    private static uint Crc(byte[] data)
    {
        uint crc = ~0u;
        foreach (byte b in data)
            for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (((crc ^ b >> bit) & 1) != 0 ? 0xEDB8_8320 : 0);
        return ~crc;
    }
}
