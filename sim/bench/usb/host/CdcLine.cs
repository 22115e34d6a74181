using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>Line coding (PSTN 1.2, table 17), and the requests about the line (6.3).</summary>
/// <param name="StopBits">0: 1, 1: 1.5, 2: 2.</param>
/// <param name="Parity">0 none, 1 odd, 2 even, 3 mark, 4 space.</param>
public readonly record struct CdcLine(uint Baud, int StopBits = 0, int Parity = 0, int DataBits = 8)
{
    /// <summary>What Linux sets when it finds the function.</summary>
    public static CdcLine AtProbe => new(9600);

    internal static UsbSetup SetCoding(int control) => new(0x21, 0x20, 0, (ushort)control, 7);
    internal static UsbSetup GetCoding(int control) => new(0xA1, 0x21, 0, (ushort)control, 7);
    internal static UsbSetup SetControlLineState(int control, bool dtr, bool rts) => new(0x21, 0x22, (ushort)((dtr ? 1 : 0) | (rts ? 2 : 0)), (ushort)control, 0);

    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[7];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Baud);
        (bytes[4], bytes[5], bytes[6]) = ((byte)StopBits, (byte)Parity, (byte)DataBits);
        return bytes;
    }
}
