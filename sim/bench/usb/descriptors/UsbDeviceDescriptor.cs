using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>The device descriptor (USB 2.0, table 9-8).</summary>
public sealed class UsbDeviceDescriptor(byte[] bytes)
{
    public const int Size = 18;

    public ReadOnlySpan<byte> Bytes => bytes;
    public int BcdUsb => Word(2);
    public int Class => bytes[4];
    public int SubClass => bytes[5];
    public int Protocol => bytes[6];
    public int MaxPacket0 => bytes[7];
    public int Vendor => Word(8);
    public int ProductId => Word(10);
    public int Version => Word(12);
    public int Manufacturer => bytes[14];
    public int Product => bytes[15];
    public int Serial => bytes[16];
    public int Configurations => bytes[17];

    private int Word(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));
}
