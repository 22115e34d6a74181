using System.Text;

namespace SharpProbe.Build.Images;

/// <summary>Intel HEX (Intel, Hexadecimal Object File Format Specification, revision A): 16 bytes a line, extended linear addresses.</summary>
static class IntelHex
{
    private const int LineLength = 16;
    private const byte Data = 0, EndOfFile = 1, ExtendedLinearAddress = 4, StartLinearAddress = 5;

    /// <param name="images">In the order of their addresses; the file starts the first.</param>
    public static string Write(params ReadOnlySpan<FlashImage> images)
    {
        StringBuilder text = new();
        uint high = uint.MaxValue;
        foreach (FlashImage image in images) Append(text, image, ref high);
        uint entry = images[0].Entry;
        Record(text, 0, StartLinearAddress, [(byte)(entry >> 24), (byte)(entry >> 16), (byte)(entry >> 8), (byte)entry]);
        Record(text, 0, EndOfFile, []);
        return text.ToString();
    }

    private static void Append(StringBuilder text, FlashImage image, ref uint high)
    {
        for (int at = 0; at < image.Bytes.Length;)
        {
            uint address = image.Address + (uint)at;
            if (address >> 16 != high)
            {
                high = address >> 16;
                Record(text, 0, ExtendedLinearAddress, [(byte)(high >> 8), (byte)high]);
            }
            int length = (int)Math.Min(Math.Min(LineLength, image.Bytes.Length - at), 0x10000 - (address & 0xFFFF));
            Record(text, (ushort)address, Data, image.Bytes.AsSpan(at, length));
            at += length;
        }
    }

    private static void Record(StringBuilder text, ushort address, byte type, ReadOnlySpan<byte> data)
    {
        byte sum = (byte)(data.Length + (address >> 8) + address + type);
        text.Append($":{data.Length:X2}{address:X4}{type:X2}");
        foreach (byte value in data)
        {
            text.Append(value.ToString("X2"));
            sum += value;
        }
        text.Append(((byte)-sum).ToString("X2")).Append("\r\n");
    }
}
