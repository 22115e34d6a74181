namespace SharpProbe.Sim.Usb.Remote;

/// <summary>A transfer that a host elsewhere has asked for: to it a URB, here packets on the virtual cable.</summary>
public sealed class RemoteRequest
{
    private readonly Action<RemoteRequest> _completed;

    internal RemoteRequest(byte endpoint, UsbSetup? setup, byte[] buffer, bool zeroPacket, Action<RemoteRequest> completed)
        => (Endpoint, Setup, Buffer, ZeroPacket, _completed) = (endpoint, setup, buffer, zeroPacket, completed);

    /// <summary>Number, with bit 7 for IN; 0 for control.</summary>
    public byte Endpoint { get; }
    public UsbSetup? Setup { get; }
    public bool ZeroPacket { get; }
    public bool IsIn => Setup?.IsIn ?? (Endpoint & 0x80) != 0;

    /// <summary><see cref="UsbTransferStatus.Pending"/> until <c>completed</c> is called.</summary>
    public UsbTransferStatus Status { get; private set; }
    public bool IsOk => Status == UsbTransferStatus.Ok;

    /// <summary>Bytes that have passed, also of one that failed or was taken back.</summary>
    public int Done => Transfer?.Done ?? 0;

    /// <summary>What came (IN) or has gone (OUT).</summary>
    public ReadOnlySpan<byte> Data => Buffer.AsSpan(0, Done);

    internal byte[] Buffer { get; }

    /// <summary>Null while it waits for a reset to end.</summary>
    internal UsbTransfer? Transfer { get; set; }
    /// <summary>Femtoseconds.</summary>
    internal ulong Submitted { get; init; }

    internal void End(UsbTransferStatus status)
    {
        if (Status != UsbTransferStatus.Pending) return;
        Status = status;
        _completed(this);
    }
}
