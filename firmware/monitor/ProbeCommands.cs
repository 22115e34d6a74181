namespace SharpProbe.Monitoring;

/// <summary>The probe's own commands. The order decides what a prefix means: "s" is swdp_scan, "r" reset.</summary>
static unsafe class ProbeCommands
{
    public static ProbeCommand[] Rows() =>
    [
        new("version\nfirmware and board"u8, &ProbeStatus.Version),
        new("help\nthis list"u8, &HelpText.Run),
        new("jtag_scan [irlen ...]\nlook for targets on JTAG; lengths of the instruction registers"u8, &ScanCommands.Jtag),
        new("swdp_scan [targetsel]\nlook for targets on SWD"u8, &ScanCommands.Swd),
        new("swd_scan [targetsel]\nthe same"u8, &ScanCommands.Swd),
        new("auto_scan\nlook for targets on whatever is connected"u8, &ScanCommands.Swd),
        new("targets\nlist what the last scan found"u8, &ScanCommands.Targets),
        new("morse\nsay what failed last"u8, &ProbeStatus.LastFault),
        new("halt_timeout [ms]\nhow long a halt may take"u8, &ConnectionCommands.HaltTimeout),
        new("connect_srst [enable|disable]\nhold nRESET during scan and attach"u8, &ConnectionCommands.UnderReset),
        new("connect_rst [enable|disable]\nthe same"u8, &ConnectionCommands.UnderReset),
        new("reset\nreset the target; an attached one halts at its first instruction"u8, &ConnectionCommands.Reset),
        new("hard_srst\nlet go of the target and pulse nRESET"u8, &ConnectionCommands.PulseReset),
        new("tpwr [enable|disable]\nfeed the target"u8, &ConnectionCommands.Power),
        new("frequency [n|nk|nM]\nSWCLK in Hz: set, and tell what it is"u8, &ConnectionCommands.Frequency),
        new("calibrate [off | loops hertz | wave hertz]\nwhat the delays of SWCLK are derived from; a wave for an oscilloscope"u8, &CalibrateCommand.Run),
        new("traceswo [off] [manchester] [baud] [console] [channel ...]\nwhat the target writes to its ITM, on the UART port"u8, &TraceCommands.Swo),
        new("swo [off] [manchester] [baud] [console] [channel ...]\nthe same"u8, &TraceCommands.Swo),
        new("heapinfo [4 hex addresses]\nanswers to SYS_HEAPINFO: heap base, heap limit, stack base, stack limit"u8, &ConnectionCommands.HeapInfo),
        new("semihosting [enable|disable]\nprograms may use gdb's files and console"u8, &SemihostingCommands.Allow),
        new("rtt [enable|disable|status|...]\nRTT channels to the USB port of the UART (docs/rtt.md)"u8, &RttCommands.Run),
        new("mdw address [count]\nshow memory in words, while the program runs too"u8, &LiveCommands.Words32),
        new("mdh address [count]\nin half-words"u8, &LiveCommands.Words16),
        new("mdb address [count]\nin bytes"u8, &LiveCommands.Bytes),
        new("watch [address[,1|2|4] [ms] | off | uart | gdb]\ntell when memory changes while the program runs"u8, &LiveCommands.Watch),
        new("tracebuf [off | buffer size head tail]\ndrain a ring in the target's memory to the UART port (docs/live.md)"u8, &LiveCommands.TraceBuffer),
        new("redirect_stdout [enable|disable]\nconsole output of programs goes to the USB port of the UART"u8, &SemihostingCommands.Redirect),
        new("settings [clear] [name] [value]\nwhat the probe remembers without power"u8, &SettingsCommands.Run),
        new("recover [number]\nopen a locked chip by its maker's own port: most erase everything"u8, &ScanCommands.Recover),
        new("debug_bmp [enable|disable]\ntalk about the work on the probe's console"u8, &ProbeStatus.DebugText),
    ];
}
