namespace SharpProbe.Gdb;

/// <summary>What <see cref="PacketReceiver"/> found next on the line.</summary>
public enum ReceiveEvent : byte
{
    /// <summary>Nothing more for now.</summary>
    None,
    Packet,
    /// <summary>A packet whose checksum is wrong; it is gone.</summary>
    Damaged,
    /// <summary>A packet with a good checksum that was longer than the buffer; it is gone.</summary>
    TooLong,
    /// <summary>'+'</summary>
    Ack,
    /// <summary>'-'</summary>
    Nak,
    /// <summary>0x03, Ctrl-C.</summary>
    Interrupt,
    /// <summary>0x04, end of transmission.</summary>
    EndOfTransmission,
}
