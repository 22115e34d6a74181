using SharpProbe.Gdb;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>The probe at work: each service is polled in turn; where none has anything to do, the core sleeps until the next interrupt.</summary>
/// <param name="gdbLine">What gdb talks through.</param>
public sealed class MainLoop<TBoard>(ConsolePort<TBoard> usbConsole, ConsolePort<TBoard> uartConsole, GdbServer gdb, ByteStream gdbLine, Background services) where TBoard : struct, IBoardPorts
{
    /// <summary>Half a period of the LED, in ms; while gdb is connected it blinks faster.</summary>
    private const uint Blink = 500, BlinkConnected = 125;

    public void Run()
    {
        while (true)
        {
            services.Run();
            TBoard.SetLed(TBoard.Milliseconds / (gdbLine.Connected ? BlinkConnected : Blink) % 2 == 0);
            uartConsole.Poll();
            usbConsole.Poll();
            gdb.Poll();
            if (gdb.Idle && !services.Busy) TBoard.Sleep(gdbLine);
        }
    }
}
