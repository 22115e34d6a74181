namespace SharpProbe.Build.Images;

/// <summary>The common CRC-32: reflected 0x04C11DB7, starts at all ones.</summary>
static class Crc32
{
    /// <summary>Without the inversion at the end, as the suffix of a DFU file has it (USB DFU 1.1, B.1).</summary>
    public static uint Raw(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return crc;
    }

    public static uint Of(ReadOnlySpan<byte> data) => ~Raw(data);
}
