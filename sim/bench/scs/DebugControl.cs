using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// The core debug registers (DDI0403 C1.6): DHCSR, DCRSR, DCRDR, DEMCR. Accesses are software's unless <see cref="ByDebugger"/> says otherwise: software cannot
/// change C_DEBUGEN, and does not see the sleep, lockup and sticky bits.
/// </summary>
public sealed class DebugControl
{
    /// <summary>Causes of a halt, bits of DFSR (C1.6.1).</summary>
    public const uint HaltedEvent = 1, BreakpointEvent = 2, WatchpointEvent = 4, VectorCatchEvent = 8;

    private const uint DbgKey = 0xA05F, DebugEn = 1, Halt = 2, Step = 4, MaskInts = 8, SnapStall = 0x20;
    private const uint RegReady = 1 << 16, StateHalt = 1 << 17, StateSleep = 1 << 18, StateLockup = 1 << 19, StateRetire = 1 << 24, StateReset = 1 << 25;
    private const uint TrcEna = 1 << 24, MonReq = 1 << 19, MonStep = 1 << 18, MonPend = 1 << 17, MonEn = 1 << 16;
    private const uint CoreResetCatch = 1, V6MCatches = 0x401, Catches = 0x7F1, WriteRegister = 1 << 16;

    private readonly Core _core;
    private readonly Nvic _nvic;
    private readonly bool _v6M;
    private uint _demcr, _dcrdr, _control;
    private bool _ready = true, _wasReset;
    private ulong _retired;

    public DebugControl(Core core, Nvic nvic) => (_core, _nvic, _v6M) = (core, nvic, core.IsV6M);

    /// <summary>The access under way comes from the debug port.</summary>
    internal bool ByDebugger { get; set; }

    /// <summary>DHCSR.C_DEBUGEN: debug events halt the core.</summary>
    public bool HaltingEnabled => (_control & DebugEn) != 0;

    /// <summary>The core is in Debug state (DHCSR.S_HALT).</summary>
    public bool Halted { get; private set; }

    /// <summary>The core runs and is to halt after one instruction.</summary>
    public bool Stepping => !Halted && (_control & (DebugEn | Step)) == (DebugEn | Step);

    /// <summary>A reset lasts: the core waits for its end.</summary>
    public bool InReset { get; internal set; }

    /// <summary>DEMCR.TRCENA: DWT and ITM count and trace.</summary>
    public bool TraceEnabled => (_demcr & TrcEna) != 0;

    /// <summary>DEMCR.MON_EN: debug events raise the DebugMonitor exception.</summary>
    public bool MonitorEnabled => (_demcr & MonEn) != 0;

    /// <summary>DEMCR.VC_CORERESET: the core halts before the first instruction after a reset.</summary>
    public bool CatchesReset => HaltingEnabled && (_demcr & CoreResetCatch) != 0;

    /// <summary>True when one of these DEMCR.VC bits is set.</summary>
    public bool CatchesAny(uint causes) => HaltingEnabled && (_demcr & causes & Catches) != 0;

    /// <summary>Raised when <see cref="TraceEnabled"/> changed.</summary>
    public Action? TraceEnabledChanged { get; set; }

    /// <summary>Raised when <see cref="HaltingEnabled"/> changed.</summary>
    public Action? HaltingEnabledChanged { get; set; }

    /// <summary>
    /// System reset: TRCENA, the vector catch bits and C_DEBUGEN belong to the debugger's power-on reset, the rest does not (C1.6.2, C1.6.5). The core leaves Debug state.
    /// </summary>
    public void Reset()
    {
        _demcr &= TrcEna | Catches;
        _control &= DebugEn | SnapStall;
        (Halted, _wasReset, _ready) = (false, true, true);
        _nvic.DebugMasked = false;
    }

    /// <summary>Power-on reset of the debug logic.</summary>
    public void ResetDebug()
    {
        (_demcr, _dcrdr, _control, Halted, _wasReset) = (0, 0, 0, false, false);
        _nvic.DebugMasked = false;
    }

    /// <summary>The core has entered Debug state.</summary>
    internal void Entered() => (Halted, _control) = (true, _control | Halt);

    public IEnumerable<Register> Registers()
    {
        yield return new() { Name = "DHCSR", Offset = 0xDF0, OnRead = ReadDhcsr, WriteMask = 0, OnWrite = (_, v) => WriteDhcsr(v) };
        yield return new() { Name = "DCRSR", Offset = 0xDF4, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Transfer(v) };
        yield return new() { Name = "DCRDR", Offset = 0xDF8, OnRead = () => _dcrdr, OnWrite = (_, v) => _dcrdr = v };
        yield return new() { Name = "DEMCR", Offset = 0xDFC, OnRead = ReadDemcr, OnWrite = (_, v) => WriteDemcr(v) };
    }

    private uint ReadDhcsr()
    {
        uint value = _control | (_ready ? RegReady : 0) | (Halted ? StateHalt : 0);
        if (!ByDebugger) return value;
        if (_core.Sleeping) value |= StateSleep;
        if (_core.LockedUp) value |= StateLockup;
        if (_core.Instructions != _retired) value |= StateRetire;
        if (_wasReset) value |= StateReset;
        _retired = _core.Instructions;
        _wasReset = InReset;
        return value;
    }

    private void WriteDhcsr(uint value)
    {
        if (value >> 16 != DbgKey) return;
        if (!ByDebugger) value = value & ~DebugEn | _control & DebugEn;
        bool enabled = HaltingEnabled;
        // Without C_DEBUGEN the other control bits mean nothing.
        _control = (value & DebugEn) == 0 ? 0 : value & (DebugEn | Halt | Step | MaskInts | (_v6M ? 0 : SnapStall));
        _nvic.DebugMasked = (_control & MaskInts) != 0;
        if (enabled != HaltingEnabled) HaltingEnabledChanged?.Invoke();
        // What a reset clears stays clear while it lasts.
        if (InReset) _control &= DebugEn | SnapStall;
        else if ((_control & Halt) == 0) Leave();
        else if (!Halted) _core.EnterDebugState(HaltedEvent);
    }

    private void Leave()
    {
        Halted = false;
        _core.LeaveDebugState();
    }

    /// <summary>DCRSR: moves one register at once. Outside Debug state nothing is moved and S_REGRDY stays clear (C1.6.3 calls it unpredictable).</summary>
    private void Transfer(uint value)
    {
        _ready = Halted;
        if (!Halted) return;
        int register = (int)(value & 0x7F);
        if ((value & WriteRegister) != 0) _core.WriteForDebugger(register, _dcrdr);
        else _dcrdr = _core.ReadForDebugger(register);
    }

    private uint ReadDemcr() => _demcr | (_nvic.IsPending(ExceptionNumber.DebugMonitor) ? MonPend : 0);

    private void WriteDemcr(uint value)
    {
        if (!_v6M && (value & (MonEn | MonStep)) == (MonEn | MonStep)) throw new BenchStop("DEMCR.MON_STEP: single-stepping by the debug monitor is not modelled");
        bool traced = TraceEnabled;
        _demcr = value & (_v6M ? TrcEna | V6MCatches : TrcEna | MonReq | MonStep | MonEn | Catches);
        if (!_v6M && (value & MonPend) != 0) _nvic.Pend(ExceptionNumber.DebugMonitor);
        else if (!_v6M) _nvic.Unpend(ExceptionNumber.DebugMonitor);
        if (traced != TraceEnabled) TraceEnabledChanged?.Invoke();
    }
}
