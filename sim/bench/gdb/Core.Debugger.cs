namespace SharpProbe.Sim.Cpu;

/// <summary>What onlookers and the debugger need of the core: a call after each instruction, and the masks.</summary>
public sealed unsafe partial class Core
{
    private Action? _instructionDone;

    /// <summary>
    /// Raised after each instruction, with <see cref="InstructionAddress"/> still that instruction. While nobody listens the run loop does not know of it.
    /// A listener may throw to end the run: the instruction is complete.
    /// </summary>
    public event Action? InstructionDone
    {
        add
        {
            _instructionDone += value;
            SetAttention(Attention.Step, _instructionDone is not null);
        }
        remove
        {
            _instructionDone -= value;
            SetAttention(Attention.Step, _instructionDone is not null);
        }
    }

    partial void StepHook() => _instructionDone?.Invoke();

    /// <summary>PRIMASK, BASEPRI or FAULTMASK by its SYSm number (16, 17, 19).</summary>
    internal uint GetMask(uint special)
    {
        uint value = 0;
        ReadMask(special, ref value);
        return value;
    }
}
