namespace SharpProbe.Usb.Cdc;

/// <summary>bRequest of the abstract control model (PSTN 1.2, table 13).</summary>
static class CdcRequest
{
    public const byte SetLineCoding = 0x20, GetLineCoding = 0x21, SetControlLineState = 0x22, SendBreak = 0x23;

    /// <summary>bNotification (PSTN 1.2, table 30).</summary>
    public const byte SerialState = 0x20;
}
