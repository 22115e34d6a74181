using System.Text;

namespace SharpProbe.Build.Images;

/// <summary>Intel HEX (Intel, Hexadecimal Object File Format Specification, revision A): 16 bytes a line, extended linear addresses.</summary>
static class IntelHex
{
    private const int LineLength = 16;
    private const byte Data = 0, EndOfFile = 1, ExtendedLinearAddress = 4, StartLinearAddress = 5;

    public static string Write(FlashImage image)
    {
        StringBuilder text = new();
        uint high = uint.MaxValue;
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
        Record(text, 0, StartLinearAddress, [(byte)(image.Entry >> 24), (byte)(image.Entry >> 16), (byte)(image.Entry >> 8), (byte)image.Entry]);
        Record(text, 0, EndOfFile, []);
        return text.ToString();
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
