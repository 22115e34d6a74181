using System;
using SharpProbe.Dap;
using SharpProbe.Io;
using SharpProbe.Trace;

namespace SharpProbe.Usb.Dap;

/// <summary>CMSIS-DAP v2: a vendor interface with bulk endpoints, found by its string and by the OUT endpoint coming first (CMSIS-DAP 2.1, "Configure USB peripheral").</summary>
/// <param name="trace">With the endpoint that streams SWO.</param>
/// <param name="capture">What it streams.</param>
public sealed class DapBulk(UsbController controller, DapServer server, Clock clock, bool trace, TraceCapture? capture = null)
    : DapFunction(controller, server, clock, FunctionEndpoints.DapOut, FunctionEndpoints.DapIn, Room, Most)
{
    // 4 packets of 512 bytes, 32 of 64: either takes the wire at least a millisecond, longer than a host is away.
    private const int Room = 2048, Most = 32;

    public override UsbEndpoint[] Endpoints { get; } = FunctionEndpoints.DapBulk(trace);

    /// <summary>Null: this mode has no endpoint for it.</summary>
    public SwoStream? Stream { get; } = trace && capture is not null ? new(controller, capture, clock) : null;

    protected override bool Padded => false;

    public override ReadOnlySpan<byte> Text(int index) => "Black Magic CMSIS-DAP v2"u8;

    /// <summary>The GUID that CMSIS-DAP's documentation has for all probes.</summary>
    public override ReadOnlySpan<byte> WinUsbInterface => "{CDB3B5AD-293B-4663-AA36-1AAE46463776}"u8;

    public override void WriteDescriptors(bool high, ref ByteWriter to)
    {
        WriteInterface(ref to, FirstInterface, Endpoints.Length, 0xFF, 0, 0, FirstString);
        foreach (UsbEndpoint endpoint in Endpoints) WriteEndpoint(ref to, endpoint, high);
    }

    public override void OnOpened()
    {
        base.OnOpened();
        Stream?.Open(PacketSize);
    }

    public override void OnBusLost()
    {
        base.OnBusLost();
        Stream?.Close();
    }

    public override void OnSent(byte endpoint)
    {
        if (endpoint == FunctionEndpoints.SwoIn) Stream?.OnSent();
        else base.OnSent(endpoint);
    }
}
