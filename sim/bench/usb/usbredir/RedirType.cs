namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>Packet types (USB redirection protocol 0.7).</summary>
internal enum RedirType : uint
{
    Hello, DeviceConnect, DeviceDisconnect, Reset, InterfaceInfo, EpInfo,
    SetConfiguration, GetConfiguration, ConfigurationStatus,
    SetAltSetting, GetAltSetting, AltSettingStatus,
    StartIsoStream, StopIsoStream, IsoStreamStatus,
    StartInterruptReceiving, StopInterruptReceiving, InterruptReceivingStatus,
    AllocBulkStreams, FreeBulkStreams, BulkStreamsStatus,
    CancelDataPacket, FilterReject, FilterFilter, DeviceDisconnectAck,
    StartBulkReceiving, StopBulkReceiving, BulkReceivingStatus,
    Control = 100, Bulk, Iso, Interrupt, BufferedBulk,
}
