using SharpProbe.Gdb;
using SharpProbe.Io;
using SharpProbe.Usb;

namespace SharpProbe.App;

/// <summary>The probe at work: each service is polled in turn; where none has anything to do, the core sleeps until the next interrupt.</summary>
public sealed class MainLoop<TBoard>(ConsolePort<TBoard> usbConsole, ConsolePort<TBoard> uartConsole, GdbServer gdb, ProbeUsb usb, Background services) where TBoard : struct, IBoardPorts
{
    /// <summary>Half a period of the LED, in ms; while gdb is connected it blinks faster.</summary>
    private const uint Blink = 500, BlinkConnected = 125;

    public void Run()
    {
        while (true)
        {
            services.Run();
            TBoard.SetLed(TBoard.Milliseconds / (usb.Gdb.Connected ? BlinkConnected : Blink) % 2 == 0);
            uartConsole.Poll();
            usbConsole.Poll();
            gdb.Poll();
            usb.Hid.Poll();
            usb.Bulk.Poll();
            gdb.Monitor.Wave?.Poll();
            if (usb.Boot.Due) TBoard.StartBootLoader();
            if (gdb.Idle && !services.Busy && gdb.Monitor.Wave is not { Active: true }) TBoard.Sleep(usb);
        }
    }
}
