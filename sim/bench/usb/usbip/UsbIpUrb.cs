using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb.Ip;

/// <summary>
/// What comes from the importer of a device: 48 bytes, big-endian but for the SETUP packet (Linux, Documentation/usb/usbip_protocol.rst, USBIP_CMD_SUBMIT and USBIP_CMD_UNLINK).
/// </summary>
/// <param name="Command"><see cref="Submit"/> or <see cref="Unlink"/>.</param>
/// <param name="Direction">0 OUT, 1 IN.</param>
/// <param name="Flags">transfer_flags of the URB; in an unlink the sequence number of its victim.</param>
/// <param name="Length">transfer_buffer_length.</param>
/// <param name="Packets">number_of_packets: isochronous transfers only; 0 or -1 for others.</param>
internal readonly record struct UsbIpUrb(uint Command, uint Sequence, uint Device, uint Direction, uint Endpoint, uint Flags, int Length, int Packets, UsbSetup Setup)
{
    public const int Size = 48;
    public const uint Submit = 1, Unlink = 2, SubmitReply = 3, UnlinkReply = 4;
    /// <summary>URB_ZERO_PACKET.</summary>
    public const uint ZeroPacket = 0x40;

    public uint Victim => Flags;
    public bool IsIn => Direction == 1;

    public static UsbIpUrb Read(ReadOnlySpan<byte> b) => new(Word(b, 0), Word(b, 4), Word(b, 8), Word(b, 12), Word(b, 16), Word(b, 20), (int)Word(b, 24), (int)Word(b, 32),
        new(b[40], b[41], BinaryPrimitives.ReadUInt16LittleEndian(b[42..]), BinaryPrimitives.ReadUInt16LittleEndian(b[44..]), BinaryPrimitives.ReadUInt16LittleEndian(b[46..])));

    /// <summary>USBIP_RET_SUBMIT or USBIP_RET_UNLINK, which has no length. Device, direction and endpoint are 0 in answers.</summary>
    public static void WriteReply(Span<byte> b, uint command, uint sequence, int status, int length = 0)
    {
        b[..Size].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(b, command);
        BinaryPrimitives.WriteUInt32BigEndian(b[4..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(b[20..], status);
        BinaryPrimitives.WriteInt32BigEndian(b[24..], length);
    }

    private static uint Word(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt32BigEndian(b[at..]);
}
