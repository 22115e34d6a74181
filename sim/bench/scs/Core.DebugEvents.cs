using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>SVC, BKPT and the debug events of FPB and DWT (DDI0403 C1.4, C1.5).</summary>
public sealed unsafe partial class Core
{
    private const uint SemihostingNumber = 0xAB;

    /// <summary>
    /// A debugger that takes debug events: asked with <see cref="Pc"/> at the instruction; true means that it has dealt with the event
    /// (normally by setting <see cref="Halted"/>), so that neither DebugMonitor nor HardFault follows.
    /// </summary>
    public Func<bool>? HaltingDebug { get; set; }

    /// <summary>Serves BKPT 0xAB; null: a plain breakpoint.</summary>
    public Semihosting? Semihosting { get; set; }

    partial void SupervisorCall(uint number) => PendSynchronous(ExceptionNumber.SvCall);

    partial void Breakpoint(uint number)
    {
        if (number == SemihostingNumber && Semihosting is { } host)
        {
            host.Call(this);
            Pc += 2;
            return;
        }
        DebugEvent(DebugControl.BreakpointEvent);
    }

    partial void CodeBreakpointHit()
    {
        bool breakpoint = Fpb.Breaks(Pc) || DebugPoints is { } points && points.Breaks(Pc);
        DebugEvent(breakpoint ? DebugControl.BreakpointEvent : DebugControl.WatchpointEvent);
    }

    /// <summary>A watchpoint is reported after its instruction; a breakpoint that nobody takes becomes a HardFault (C1.4.1).</summary>
    private void DebugEvent(uint reason)
    {
        if (HaltingDebug is { } debugger && debugger()) return;
        if (EnterDebugState(reason)) return;
        Scb.Dfsr |= reason;
        if (!IsV6M && Debug.MonitorEnabled && Nvic.GroupPriority(ExceptionNumber.DebugMonitor) < Nvic.ExecutionPriority)
        {
            Nvic.Pend(ExceptionNumber.DebugMonitor);
            return;
        }
        if (reason == DebugControl.WatchpointEvent) return;
        if (!IsV6M) Scb.Hfsr |= HardFaultDebugEvent;
        if (Nvic.ExecutionPriority <= -1) EnterLockup(0);
        else Nvic.Pend(ExceptionNumber.HardFault);
    }

    // An address match of the DWT only matters to a debugger on the debug port.
    partial void CodeBreakpoint(uint address, ref bool hit) =>
        hit |= Fpb.Breaks(address) || Debug.HaltingEnabled && Dwt.Breaks(address) || DebugPoints is { } points && points.Breaks(address);

    partial void WatchAccess(uint address, int width, AccessKind kind, uint value)
    {
        DebugPoints?.Access(address, width, kind == AccessKind.Write);
        if (Dwt.WatchesData && Dwt.Match(address, width, kind == AccessKind.Write, value)) DebugEvent(DebugControl.WatchpointEvent);
    }
}
