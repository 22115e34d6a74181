using SharpProbe.Sim.Gdb;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>What onlookers and the debugger need of the core: a call after each instruction, a stop at the next boundary, the masks and the private bus.</summary>
public sealed unsafe partial class Core
{
    private Action? _instructionDone;
    private bool _haltRequested;

    /// <summary>Breakpoints and watchpoints that no register of the chip knows of; null without a debugger.</summary>
    internal DebugPoints? DebugPoints { get; set; }

    /// <summary>
    /// Raised after each instruction, with <see cref="InstructionAddress"/> still that instruction. While nobody listens the run loop does not know of it.
    /// </summary>
    public event Action? InstructionDone
    {
        add
        {
            _instructionDone += value;
            WatchSteps();
        }
        remove
        {
            _instructionDone -= value;
            WatchSteps();
        }
    }

    /// <summary>Throws <see cref="DebugHalt"/> out of the run when the present instruction is complete.</summary>
    internal void RequestHalt()
    {
        _haltRequested = true;
        WatchSteps();
    }

    internal void CancelHalt()
    {
        _haltRequested = false;
        WatchSteps();
    }

    partial void StepHook()
    {
        _instructionDone?.Invoke();
        // An exception that the stepped instruction raised is entered first.
        if (Debug.Stepping && !Nvic.CanPreempt) EnterDebugState(DebugControl.HaltedEvent);
        if (!_haltRequested) return;
        CancelHalt();
        throw new DebugHalt();
    }

    private void WatchSteps() => SetAttention(Attention.Step, _instructionDone is not null || _haltRequested || Debug.Stepping);

    /// <summary>PRIMASK, BASEPRI or FAULTMASK by its SYSm number (16, 17, 19).</summary>
    internal uint GetMask(uint special)
    {
        uint value = 0;
        ReadMask(special, ref value);
        return value;
    }

    internal void SetMask(uint special, uint value) => WriteMask(special, value);

    /// <summary>CONTROL as MSR writes it.</summary>
    internal void SetControl(uint value)
    {
        ThreadUnprivileged = (value & 1) != 0;
        if (!HandlerMode) UsesProcessStack = (value & 2) != 0;
        FpContextActive = HasFpu && (value & 4) != 0;
    }

    /// <summary>A debugger's access to the private peripheral bus: privileged, word or narrower.</summary>
    internal uint DebugReadPrivate(uint address, int width)
    {
        uint value = 0;
        ReadPrivate(address, width, ref value);
        return value;
    }

    internal void DebugWritePrivate(uint address, uint value, int width) => WritePrivate(address, value, width);
}
