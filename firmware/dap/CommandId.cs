namespace SharpProbe.Dap;

/// <summary>The first byte of a request and of its response (CMSIS-DAP 2.1, "CMSIS-DAP Commands"). 0x80 to 0x9F are a vendor's.</summary>
static class CommandId
{
    public const byte Info = 0x00, HostStatus = 0x01, Connect = 0x02, Disconnect = 0x03, WriteAbort = 0x08, Delay = 0x09, ResetTarget = 0x0A;
    public const byte TransferConfigure = 0x04, Transfer = 0x05, TransferBlock = 0x06, TransferAbort = 0x07;
    public const byte SwjPins = 0x10, SwjClock = 0x11, SwjSequence = 0x12, SwdConfigure = 0x13, SwdSequence = 0x1D;
    public const byte JtagSequence = 0x14, JtagConfigure = 0x15, JtagIdCode = 0x16;
    public const byte UartTransport = 0x1F, UartConfigure = 0x20, UartTransfer = 0x21, UartControl = 0x22, UartStatus = 0x23;
    public const byte SwoTransport = 0x17, SwoMode = 0x18, SwoBaudrate = 0x19, SwoControl = 0x1A, SwoStatus = 0x1B, SwoData = 0x1C, SwoExtendedStatus = 0x1E;
    public const byte QueueCommands = 0x7E, ExecuteCommands = 0x7F;

    /// <summary>The response to what is no command, and to a command cut short.</summary>
    public const byte Invalid = 0xFF;
}
