using System;
using SharpProbe.App;
using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>version, morse, debug_bmp.</summary>
static class ProbeStatus
{
    public static bool Version(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        output.Write(Product.Name);
        output.Write(" "u8);
        output.Write(Product.Version);
        if (monitor.Board.Length != 0) output.Write(" on "u8);
        output.Write(monitor.Board);
        output.Write("\nMIT licence\n"u8);
        return true;
    }

    public static bool LastFault(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.LastFault.Ok) output.Write("nothing has failed"u8);
        else output.WriteFault(monitor.LastFault);
        output.Write("\n"u8);
        return true;
    }

    public static bool DebugText(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        bool on = monitor.DebugText;
        if (!Argument.TrySwitch(ref arguments, ref on)) return ConnectionCommands.Usage(output, "debug_bmp [enable|disable]"u8);
        monitor.DebugText = on;
        ConnectionCommands.State(output, "Debug text: "u8, on);
        return true;
    }
}
