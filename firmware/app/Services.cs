using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>What goes on beside a long job: the watchdog is fed, the target's UART stays joined to its USB port, or that port echoes.</summary>
public sealed class Services<TBoard> : Background where TBoard : struct, IBoardPorts
{
    public SerialBridge? Bridge { get; set; }

    public UsbEcho? Echo { get; set; }

    /// <summary>An echo is measured: the next packet shall not find the core asleep.</summary>
    public override bool Busy => Echo is { Active: true };

    public override void Run()
    {
        TBoard.FeedWatchdog();
        if (Echo is { Active: true } echo) echo.Poll();
        else Bridge?.Poll();
    }
}
