using SharpProbe.Dap;
using SharpProbe.Io;
using SharpProbe.Trace;
using SharpProbe.Usb.Cdc;
using SharpProbe.Usb.Dap;
using SharpProbe.Usb.Dfu;

namespace SharpProbe.Usb;

/// <summary>The probe as a USB device in one of its modes. What a mode leaves out is there all the same, and nobody ever connects to it.</summary>
public sealed class ProbeUsb
{
    /// <summary>Rings of the ports, in bytes; a packet of the bus has 512. gdb's long packets and answers wait in the server: one on its way while one is taken. UART, RTT, trace and echo go at what the bus carries, 20 MB/s and more: two of each.</summary>
    private const int ForText = 512, ForPackets = 1024, ForData = 2048;

    public ProbeUsb(UsbController controller, byte[] serial, UsbMode mode, DapServer hid, DapServer bulk, Clock clock, TraceCapture? capture = null)
    {
        Mode = mode;
        Boot = new(clock);
        (Console, Gdb, Uart) = (new(controller, 0, ForText, ForText), new(controller, 1, ForPackets, ForPackets), new(controller, 2, ForData, ForData));
        Hid = new(controller, hid, clock);
        Bulk = new(controller, bulk, clock, trace: mode.Has(FunctionKind.DapBulkTrace), capture);
        var functions = new UsbFunction[mode.Functions.Length];
        for (int i = 0; i < functions.Length; i++) functions[i] = Create(mode.Functions[i]);
        Device = new(controller, new ProbeIdentity(), serial, functions);
    }

    public UsbMode Mode { get; }
    public UsbDevice Device { get; }

    public CdcPort Console { get; }
    public CdcPort Gdb { get; }
    public CdcPort Uart { get; }
    public DapHid Hid { get; }
    public DapBulk Bulk { get; }

    /// <summary>The host wants the boot loader.</summary>
    public BootRequest Boot { get; }

    /// <summary>Nothing came for gdb or CMSIS-DAP.</summary>
    public bool Quiet => Gdb.Available == 0 && Hid.Idle && Bulk.Idle;

    private UsbFunction Create(FunctionKind kind) => kind switch
    {
        FunctionKind.Console => new CdcFunction(Console, 0, Boot),
        FunctionKind.Gdb => new CdcFunction(Gdb, 1, null),
        FunctionKind.Uart => new CdcFunction(Uart, 2, null),
        FunctionKind.DapHid => Hid,
        FunctionKind.Dfu => new DfuRuntime(Boot),
        _ => Bulk,
    };
}
