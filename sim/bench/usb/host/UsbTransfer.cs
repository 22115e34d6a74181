namespace SharpProbe.Sim.Usb;

/// <summary>One request of a driver to the host controller, what Linux calls a URB.</summary>
public sealed class UsbTransfer
{
    private readonly HostTask<UsbTransfer> _task = new();

    /// <param name="buffer">Bytes to send, or room for what comes.</param>
    /// <param name="setup">For control transfers only.</param>
    internal UsbTransfer(UsbPipe pipe, byte[] buffer, UsbSetup? setup = null) => (Pipe, Buffer, Setup) = (pipe, buffer, setup);

    public byte[] Buffer { get; }
    public UsbSetup? Setup { get; }

    /// <summary>Bytes that have passed.</summary>
    public int Done { get; internal set; }
    public UsbTransferStatus Status { get; internal set; }

    /// <summary>When the driver gave it to the host controller, and when its last packet passed, in femtoseconds.</summary>
    public ulong Submitted { get; internal set; }
    public ulong Finished { get; internal set; }

    public ReadOnlySpan<byte> Data => Buffer.AsSpan(0, Done);
    public bool IsOk => Status == UsbTransferStatus.Ok;

    internal UsbPipe Pipe { get; }
    internal ControlStage Stage { get; set; }
    /// <summary>URB_ZERO_PACKET: a last whole packet is followed by an empty one.</summary>
    internal bool ZeroPacket { get; init; }
    internal Action<UsbTransfer>? Completed { get; init; }
    internal TimeBase.Event? Timeout { get; set; }
    internal HostTask<UsbTransfer> Task => _task;

    /// <summary>The driver hears of the end.</summary>
    internal void Report()
    {
        Completed?.Invoke(this);
        _task.Complete(this);
    }
}
