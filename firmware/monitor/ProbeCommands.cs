namespace SharpProbe.Monitoring;

/// <summary>The probe's own commands. The order decides what a prefix means: "s" is swdp_scan, "r" reset.</summary>
static unsafe class ProbeCommands
{
    public static ProbeCommand[] Rows() =>
    [
        new("version", "", "firmware and board", &ProbeStatus.Version),
        new("help", "", "this list", &HelpText.Run),
        new("jtag_scan", "[irlen ...]", "look for targets on JTAG; lengths of the instruction registers", &ScanCommands.Jtag),
        new("swdp_scan", "[targetsel]", "look for targets on SWD", &ScanCommands.Swd),
        new("swd_scan", "[targetsel]", "the same", &ScanCommands.Swd),
        new("auto_scan", "", "look for targets on whatever is connected", &ScanCommands.Swd),
        new("targets", "", "list what the last scan found", &ScanCommands.Targets),
        new("morse", "", "say what failed last", &ProbeStatus.LastFault),
        new("halt_timeout", "[ms]", "how long a halt may take", &ConnectionCommands.HaltTimeout),
        new("connect_srst", "[enable|disable]", "hold nRESET during scan and attach", &ConnectionCommands.UnderReset),
        new("connect_rst", "[enable|disable]", "the same", &ConnectionCommands.UnderReset),
        new("reset", "", "reset the target; an attached one halts at its first instruction", &ConnectionCommands.Reset),
        new("hard_srst", "", "let go of the target and pulse nRESET", &ConnectionCommands.PulseReset),
        new("tpwr", "[enable|disable]", "feed the target", &ConnectionCommands.Power),
        new("frequency", "[n|nk|nM]", "SWCLK in Hz: set, and tell what it is", &ConnectionCommands.Frequency),
        new("calibrate", "[off | loops hertz | wave hertz]", "what the delays of SWCLK are derived from; a wave for an oscilloscope", &CalibrateCommand.Run),
        new("traceswo", "[off] [manchester] [baud] [console] [channel ...]", "what the target writes to its ITM, on the UART port", &TraceCommands.Swo),
        new("swo", "[off] [manchester] [baud] [console] [channel ...]", "the same", &TraceCommands.Swo),
        new("heapinfo", "[4 hex addresses]", "answers to SYS_HEAPINFO: heap base, heap limit, stack base, stack limit", &ConnectionCommands.HeapInfo),
        new("semihosting", "[enable|disable]", "programs may use gdb's files and console", &SemihostingCommands.Allow),
        new("rtt", "[enable|disable|status|...]", "RTT channels to the USB port of the UART (docs/rtt.md)", &RttCommands.Run),
        new("redirect_stdout", "[enable|disable]", "console output of programs goes to the USB port of the UART", &SemihostingCommands.Redirect),
        new("settings", "[clear] [name] [value]", "what the probe remembers without power", &SettingsCommands.Run),
        new("recover", "[number]", "open a locked chip by its maker's own port: most erase everything", &ScanCommands.Recover),
        new("debug_bmp", "[enable|disable]", "talk about the work on the probe's console", &ProbeStatus.DebugText),
    ];
}
