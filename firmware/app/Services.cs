using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>What goes on beside a long job: the watchdog is fed, the target's UART stays joined to its USB port, or that port echoes.</summary>
public sealed class Services<TBoard>(SerialBridge? bridge, UsbEcho? echo = null) : Background where TBoard : struct, IBoardPorts
{
    /// <summary>An echo is measured: the next packet shall not find the core asleep.</summary>
    public override bool Busy => echo is { Active: true };

    public override void Run()
    {
        TBoard.FeedWatchdog();
        if (echo is { Active: true }) echo.Poll();
        else bridge?.Poll();
    }
}
