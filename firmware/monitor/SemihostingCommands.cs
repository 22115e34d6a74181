using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>semihosting, redirect_stdout.</summary>
static class SemihostingCommands
{
    public static bool Allow(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        bool on = monitor.Session.Semihosting.Allowed;
        if (!Argument.TrySwitch(ref arguments, ref on)) return ConnectionCommands.Usage(output, "semihosting [enable|disable]"u8);
        monitor.Session.Semihosting.Allowed = on;
        ConnectionCommands.State(output, "Semihosting: "u8, on);
        return true;
    }

    public static bool Redirect(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        bool on = monitor.Session.Semihosting.Redirected;
        if (!Argument.TrySwitch(ref arguments, ref on)) return ConnectionCommands.Usage(output, "redirect_stdout [enable|disable]"u8);
        monitor.Session.Semihosting.Redirected = on;
        ConnectionCommands.State(output, "Console output of programs to the UART's USB port: "u8, on);
        return true;
    }
}
