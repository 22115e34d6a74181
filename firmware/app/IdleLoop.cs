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
            while (TBoard.TryRead(out byte key)) Take(console, key);
            TBoard.Sleep();
        }
    }

    /// <summary>Echoes what was typed and runs a complete line.</summary>
    private static void Take(CommandLine console, byte key)
    {
        bool complete = console.Accept(key);
        if (key is (byte)'\r' or (byte)'\n') TBoard.Write("\r\n"u8);
        else TBoard.Write(new ReadOnlySpan<byte>(ref key));
        if (complete) Execute(console);
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
