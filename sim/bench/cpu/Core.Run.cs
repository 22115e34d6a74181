using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>The run loop.</summary>
public sealed unsafe partial class Core
{
    // ITSTATE before the instruction that runs, while it is one of an IT block.
    private byte _itBefore;

    /// <summary>Runs until <see cref="TimeBase.Cycles"/> reaches the given cycle (at the first instruction boundary not before it), events included.</summary>
    public void Run(ulong untilCycle)
    {
        while (Time.Cycles < untilCycle)
        {
            if (Time.Cycles >= Time.Deadline) Time.RunDue();
            if (!Attend(untilCycle)) continue;
            Execute(untilCycle, ulong.MaxValue);
        }
        if (Time.Cycles >= Time.Deadline) Time.RunDue();
    }

    /// <summary>One instruction or one exception entry; while asleep or halted, time moves to the next event.</summary>
    public void Step()
    {
        if (Time.Cycles >= Time.Deadline) Time.RunDue();
        if (Attend(Time.Deadline)) Execute(ulong.MaxValue, Instructions + 1);
    }

    /// <summary>Runs a number of instructions (exception entries count as none); for tests and speed measurement. Ends early when asleep for good.</summary>
    public void RunInstructions(ulong count)
    {
        ulong end = Instructions + count;
        while (Instructions < end)
        {
            if (Time.Cycles >= Time.Deadline) Time.RunDue();
            if (!Attend(Time.Deadline))
            {
                if ((_attention & (Attention.Sleep | Attention.Halt)) != 0 && Time.Deadline == ulong.MaxValue) return;
                continue;
            }
            Execute(ulong.MaxValue, end);
        }
    }

    private void Execute(ulong untilCycle, ulong lastInstruction)
    {
        if (_retired.Count != 0) FreeRetired();
        _itBefore = 0;      // a BenchStop may have left an instruction half way
        try
        {
            if (IsM7) Loop<M7Pipeline>(untilCycle, lastInstruction);
            else Loop<SimplePipeline>(untilCycle, lastInstruction);
        }
        catch (CoreFault fault)
        {
            BackToInstruction();
            RaiseFault(fault.Kind, fault.Address);
        }
    }

    /// <summary>Deals with what stands between two instructions. False: no instruction may run now.</summary>
    private bool Attend(ulong untilCycle)
    {
        if ((_attention & ~Attention.It) == 0) return true;
        if ((_attention & Attention.Halt) != 0)
        {
            Idle(untilCycle);
            return false;
        }
        if ((_attention & Attention.Exception) != 0) TakeException();
        if ((_attention & Attention.Sleep) != 0)
        {
            Idle(untilCycle);
            return false;
        }
        if ((_attention & Attention.NotThumb) != 0)
        {
            InstructionAddress = _pc;
            RaiseFault(FaultKind.InvalidState, _pc);
            return false;
        }
        return (_attention & Attention.Halt) == 0;
    }

    private void Idle(ulong untilCycle)
    {
        ulong target = Math.Min(untilCycle, Time.Deadline);
        if (target != ulong.MaxValue && Time.Cycles < target) Time.Cycles = target;
        if (Time.Cycles >= Time.Deadline) Time.RunDue();
    }

    private void Loop<TPipeline>(ulong untilCycle, ulong lastInstruction) where TPipeline : struct, IPipeline
    {
        var time = Time;
        var pages = _pages;
        while (true)
        {
            uint pc = _pc;
            InstructionAddress = pc;
            Op* ops = pages[pc >> Page.Bits].Ops;
            if (ops == null) ops = FindOps(pc);
            Op* op = ops + (pc >> 1 & CodePage.Slots - 1);
            if (op->Size == 0) Decode(op);
            Instructions++;
            if (_attention == 0)
            {
                _pc = pc + op->Size;
                TPipeline.Issue(this, op);
                op->Run(this, op);
            }
            else StepInIt<TPipeline>(op, pc);
            if ((_attention & ~Attention.It) != 0)
            {
                if ((_attention & Attention.Step) != 0) StepHook();
                return;
            }
            if (time.Cycles >= time.Deadline || time.Cycles >= untilCycle || Instructions >= lastInstruction) return;
        }
    }

    private void StepInIt<TPipeline>(Op* op, uint pc) where TPipeline : struct, IPipeline
    {
        _pc = pc + op->Size;
        TPipeline.Issue(this, op);
        byte it = ItState;
        if (it == 0)
        {
            op->Run(this, op);
            return;
        }
        _itBefore = it;
        ItState = (byte)((it & 7) == 0 ? 0 : it & 0xE0 | it << 1 & 0x1F);
        if (op->Cost == CostClass.Breakpoint || Passed(it >> 4)) op->RunInIt(this, op);
        _itBefore = 0;
    }

    /// <summary>ConditionPassed() for a condition of 0 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Passed(int condition)
    {
        bool result = (condition >> 1) switch
        {
            0 => Z,
            1 => C,
            2 => N,
            3 => V,
            4 => C && !Z,
            5 => N == V,
            6 => N == V && !Z,
            _ => true,
        };
        return (condition & 1) != 0 && condition != 15 ? !result : result;
    }

    /// <summary>Branch target or next address with bit 0 as the state: BXWritePC outside exception return, and BLXWritePC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void InterworkTo(uint target)
    {
        if ((target & 1) == 0) ThumbState = false;
        _pc = target & ~1u;
    }

    /// <summary>BXWritePC and LoadWritePC: an EXC_RETURN value in handler mode ends the exception.</summary>
    internal void BranchExchange(uint target)
    {
        if (HandlerMode && target >> 28 == 15) ExceptionReturn(target);
        else InterworkTo(target);
    }
}
