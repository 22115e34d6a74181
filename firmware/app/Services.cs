using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>What goes on beside a long job: the watchdog is fed, the target's UART stays joined to its USB port.</summary>
public sealed class Services<TBoard>(SerialBridge? bridge) : Background where TBoard : struct, IBoardPorts
{
    public override void Run()
    {
        TBoard.FeedWatchdog();
        bridge?.Poll();
    }
}
