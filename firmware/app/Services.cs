using SharpProbe.Io;
using SharpProbe.Trace;
using SharpProbe.Usb;
using SharpProbe.Usb.Dap;

namespace SharpProbe.App;

/// <summary>What goes on beside a long job: the watchdog is fed, the target's UART stays joined to its USB port, or that port echoes; trace passes.</summary>
public sealed class Services<TBoard> : Background where TBoard : struct, IBoardPorts
{
    public SerialBridge? Bridge { get; set; }

    public UsbEcho? Echo { get; set; }

    /// <summary>Whose packets end a rest.</summary>
    public ProbeUsb? Usb { get; set; }

    /// <summary>The trace as text.</summary>
    public TraceText? Trace { get; set; }

    /// <summary>The trace as it comes, to an endpoint of its own.</summary>
    public SwoStream? Stream { get; set; }

    /// <summary>An echo is measured: the next packet shall not find the core asleep.</summary>
    public override bool Busy => Echo is { Active: true };

    public override void Run()
    {
        TBoard.FeedWatchdog();
        if (Echo is { Active: true } echo) echo.Poll();
        else Bridge?.Poll();
        Trace?.Poll();
        Stream?.Poll();
    }

    public override void Rest()
    {
        Run();
        if (!Busy && Usb is { } usb) TBoard.Sleep(usb);
    }
}
