using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// The core debug registers as software on the core sees them (DDI0403 C1.6). Halting debug belongs to the debug port: until one is attached,
/// C_DEBUGEN reads as zero and only the debugger could set it; DEMCR's trace enable and monitor bits work.
/// </summary>
public sealed class DebugControl
{
    private const uint TrcEna = 1 << 24, MonReq = 1 << 19, MonStep = 1 << 18, MonPend = 1 << 17, MonEn = 1 << 16;

    private readonly Nvic _nvic;
    private readonly bool _v6M;
    private uint _demcr, _dcrdr;

    public DebugControl(Nvic nvic, bool v6M) => (_nvic, _v6M) = (nvic, v6M);

    /// <summary>DEMCR.TRCENA: DWT and ITM count and trace.</summary>
    public bool TraceEnabled => (_demcr & TrcEna) != 0;

    /// <summary>DEMCR.MON_EN: debug events raise the DebugMonitor exception.</summary>
    public bool MonitorEnabled => (_demcr & MonEn) != 0;

    /// <summary>Raised when <see cref="TraceEnabled"/> changed.</summary>
    public Action? TraceEnabledChanged { get; set; }

    /// <summary>System reset: TRCENA and the vector catch bits belong to the debugger's power-on reset, the monitor bits do not (C1.6.5).</summary>
    public void Reset() => _demcr &= TrcEna | 0x7F1;

    /// <summary>Power-on reset of the debug logic.</summary>
    public void ResetDebug() => (_demcr, _dcrdr) = (0, 0);

    public IEnumerable<Register> Registers()
    {
        yield return new() { Name = "DHCSR", Offset = 0xDF0, OnRead = () => 1 << 16, WriteMask = 0, OnWrite = (_, _) => { } };   // S_REGRDY
        yield return new() { Name = "DCRSR", Offset = 0xDF4, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } };             // ignored outside Debug state
        yield return new() { Name = "DCRDR", Offset = 0xDF8, OnRead = () => _dcrdr, OnWrite = (_, v) => _dcrdr = v };
        yield return new() { Name = "DEMCR", Offset = 0xDFC, OnRead = ReadDemcr, OnWrite = (_, v) => WriteDemcr(v) };
    }

    private uint ReadDemcr() => _demcr | (_nvic.IsPending(ExceptionNumber.DebugMonitor) ? MonPend : 0);

    private void WriteDemcr(uint value)
    {
        if (!_v6M && (value & (MonEn | MonStep)) == (MonEn | MonStep)) throw new BenchStop("DEMCR.MON_STEP: single-stepping by the debug monitor is not modelled");
        bool traced = TraceEnabled;
        _demcr = value & (_v6M ? TrcEna | 0x401 : TrcEna | MonReq | MonStep | MonEn | 0x7F1);
        if (!_v6M && (value & MonPend) != 0) _nvic.Pend(ExceptionNumber.DebugMonitor);
        else if (!_v6M) _nvic.Unpend(ExceptionNumber.DebugMonitor);
        if (traced != TraceEnabled) TraceEnabledChanged?.Invoke();
    }
}
