using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>The probe with nothing to probe: blinks, listens on the console, feeds the watchdog.</summary>
public static class IdleLoop<TBoard> where TBoard : struct, IBoardPorts
{
    /// <summary>Half a period of the LED, in ms.</summary>
    private const uint Blink = 500;

    public static void Run()
    {
        var console = new CommandLine();
        while (true)
        {
            TBoard.FeedWatchdog();
            TBoard.SetLed(TBoard.Milliseconds / Blink % 2 == 0);
            while (TBoard.TryRead(out byte key))
                if (console.Accept(key)) Execute(console);
            TBoard.Sleep();
        }
    }

    private static void Execute(CommandLine console)
    {
        Span<byte> buffer = stackalloc byte[256];
        var reply = new ByteWriter(buffer);
        bool reset = Commands.Execute(console.Text, TBoard.Milliseconds, ref reply);
        TBoard.Write(reply.Written);
        console.Clear();
        if (reset) TBoard.Reset();
    }
}
