namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>What a side of the protocol can do ("usb_redir_hello"). Valid is what both can.</summary>
[Flags]
internal enum RedirCapabilities : uint
{
    None = 0,
    BulkStreams = 1, ConnectDeviceVersion = 2, Filter = 4, DeviceDisconnectAck = 8, EpInfoMaxPacketSize = 0x10, Ids64 = 0x20, BulkLength32 = 0x40, BulkReceiving = 0x80,

    /// <summary>No streams, which are USB 3. No bulk receiving: QEMU would read ahead of its guest.</summary>
    Ours = ConnectDeviceVersion | Filter | DeviceDisconnectAck | EpInfoMaxPacketSize | Ids64 | BulkLength32,
}
