namespace SharpProbe.Sim.Scs;

/// <summary>Packets of ITM and DWT as they travel (DDI0403 appendix D4).</summary>
public static class ItmPacket
{
    private static readonly byte[] SizeBits = [0, 1, 2, 0, 3];

    /// <summary>47 zeros and a one (D4.2.1).</summary>
    public static byte[] Synchronization => [0, 0, 0, 0, 0, 0x80];

    /// <summary>Something was lost for want of room (D4.2.3).</summary>
    public static byte[] Overflow => [0x70];

    /// <summary>A write to a stimulus port (D4.2.8).</summary>
    /// <param name="width">Bytes: 1, 2 or 4.</param>
    public static byte[] Stimulus(int port, uint value, int width) => Source(port << 3, value, width);

    /// <summary>A packet of the DWT (D4.3).</summary>
    /// <param name="discriminator">Which kind: bits 7:3 of the header.</param>
    public static byte[] Hardware(int discriminator, uint value, int width) => Source(discriminator << 3 | 4, value, width);

    /// <summary>Cycles since the timestamp before (D4.2.4): one byte for 1 to 6 that nothing delayed, else seven bits a byte.</summary>
    /// <param name="delayed">TC 1: the timestamp waited for the FIFO.</param>
    public static byte[] LocalTimestamp(uint delta, bool delayed)
    {
        if (!delayed && delta is >= 1 and <= 6) return [(byte)(delta << 4)];
        List<byte> bytes = [(byte)(0xC0 | (delayed ? 0x10 : 0))];
        delta = Math.Min(delta, 0x0FFF_FFFF);
        do
        {
            bytes.Add((byte)(delta & 0x7F | (delta > 0x7F ? 0x80u : 0)));
            delta >>= 7;
        }
        while (delta != 0);
        return [.. bytes];
    }

    private static byte[] Source(int header, uint value, int width)
    {
        byte[] bytes = new byte[1 + width];
        bytes[0] = (byte)(header | SizeBits[width]);
        for (int i = 0; i < width; i++) bytes[1 + i] = (byte)(value >> 8 * i);
        return bytes;
    }
}
