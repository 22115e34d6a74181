using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Gdb;

/// <summary>Runs a target under control: breakpoints, watchpoints, single steps, and every way in which a run can end, as a <see cref="StopReason"/>.</summary>
public sealed class Debugger : IDisposable
{
    private readonly DebugTarget _target;
    private readonly Func<bool>? _haltingDebug;
    private bool _breakpointHit;

    public Debugger(DebugTarget target)
    {
        _target = target;
        Points = new(target.Core);
        target.Core.DebugPoints = Points;
        _haltingDebug = target.Core.HaltingDebug;
        target.Core.HaltingDebug = TakeEvent;
        Memory = new(target.Core);
    }

    public DebugTarget Target => _target;
    public Core Core => _target.Core;
    public DebugPoints Points { get; }
    public DebugMemory Memory { get; }

    /// <summary>Runs for some cycles. Null: nothing happened.</summary>
    public StopReason? Run(ulong cycles) => Guard(() => _target.Run(Core.Time.Cycles + cycles));

    /// <summary>One instruction. While the core sleeps, time passes instead.</summary>
    public StopReason Step() => Guard(_target.Step) ?? new(StopReason.Trap);

    /// <summary>Takes the breakpoints out and lets the firmware's own debug events be the firmware's again.</summary>
    public void Dispose()
    {
        Points.Clear();
        Core.CancelHalt();
        Core.DebugPoints = null;
        Core.HaltingDebug = _haltingDebug;
    }

    // BKPT, FPB, DWT and our own breakpoints come here. The instruction has been taken back; the run ends at its boundary.
    private bool TakeEvent()
    {
        _breakpointHit = true;
        Core.RequestHalt();
        return true;
    }

    private StopReason? Guard(Action run)
    {
        (_breakpointHit, Points.Hit) = (false, null);
        try
        {
            run();
        }
        catch (DebugHalt) { }
        catch (BenchStop stop)
        {
            return new(StopReason.Abort, $"bench stopped: {stop.Message}\n  at {_target.Symbols.Name(Core.InstructionAddress)}, cycle {Core.Time.Cycles}\n");
        }
        if (_target.ExitCode() is { } code) return new(StopReason.Trap, ExitCode: code);
        if (Points.Hit is { } hit) return new(StopReason.Trap, Watch: hit);
        if (_breakpointHit) return new(StopReason.Trap);
        if (Core.LockedUp) return new(StopReason.Fault, $"the core is locked up at {_target.Symbols.Name(Core.InstructionAddress)}\n");
        return null;
    }
}
