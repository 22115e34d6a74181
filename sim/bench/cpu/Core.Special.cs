namespace SharpProbe.Sim.Cpu;

/// <summary>Instructions that reach into the system: special registers, hints, calls.</summary>
public sealed unsafe partial class Core
{
    private const uint XpsrEnd = 7, MspNumber = 8, PspNumber = 9, MsplimNumber = 10, PsplimNumber = 11, Primask = 16, Basepri = 17, BasepriMax = 18, Faultmask = 19, ControlNumber = 20;

    /// <summary>MSPLIM and PSPLIM of a Cortex-M33. What is pushed below them is not caught; a core that leaves Debug state below its limit stops the bench.</summary>
    internal uint[] StackLimits { get; } = new uint[2];

    /// <summary>Closes the local exclusive monitor: CLREX, exception entry and return.</summary>
    public void ClearExclusive() => _exclusiveOpen = false;

    internal void ExecuteSvc(uint number) => SupervisorCall(number);

    internal void ExecuteBreakpoint(uint number)
    {
        BackToInstruction();
        Breakpoint(number);
    }

    internal void ExecuteWfi() => WaitForInterrupt();

    internal void ExecuteWfe()
    {
        if (EventRegister) EventRegister = false;
        else WaitForEvent();
    }

    internal void ExecuteSev()
    {
        EventRegister = true;
        EventSent();
    }

    internal void DrainStores()
    {
        if (_storesDone > Time.Cycles) Stall(_storesDone - Time.Cycles);
    }

    internal void RefillPipeline() => Stall(IsM7 ? CycleCosts.Mispredicted : 0);

    /// <summary>MRS (DDI0403 B5.2.2). Unprivileged code reads zero from all but APSR and CONTROL.</summary>
    internal uint ReadSpecial(uint special)
    {
        if (special <= XpsrEnd)
        {
            uint value = 0;
            if ((special & 4) == 0) value |= Apsr;
            if ((special & 1) != 0 && Privileged) value |= Ipsr;
            return value;       // EPSR reads as zero
        }
        if (special == ControlNumber) return Control;
        if (!Privileged) return 0;
        if (special is MspNumber) return Msp;
        if (special is PspNumber) return Psp;
        if (Features.HasStackLimits && special is MsplimNumber or PsplimNumber) return StackLimits[special - MsplimNumber];
        uint mask = 0;
        if (special == BasepriMax) special = Basepri;
        if (special is Primask || !IsV6M && special is Basepri or Faultmask) ReadMask(special, ref mask);
        return mask;
    }

    /// <summary>MSR (DDI0403 B5.2.3).</summary>
    internal void WriteSpecial(uint special, uint value, int mask)
    {
        if (special <= XpsrEnd)
        {
            if ((special & 4) != 0) return;
            if ((mask & 2) != 0) Apsr = value & 0xF800_0000 | Ge << 16;
            if ((mask & 1) != 0 && HasDsp) Ge = value >> 16 & 15;
            return;
        }
        if (!Privileged) return;
        switch (special)
        {
            case MspNumber: Msp = value; break;
            case PspNumber: Psp = value; break;
            case MsplimNumber or PsplimNumber when Features.HasStackLimits: StackLimits[special - MsplimNumber] = value & ~7u; break;
            case Primask: WriteMask(special, value & 1); break;
            case Basepri or BasepriMax when !IsV6M: WriteMask(special, value & 0xFF); break;
            case Faultmask when !IsV6M: WriteMask(special, value & 1); break;
            case ControlNumber: WriteControl(value); break;
        }
    }

    private void WriteControl(uint value)
    {
        if (!HandlerMode) UsesProcessStack = (value & 2) != 0;
        ThreadUnprivileged = (value & 1) != 0;
        if (!HasFpu) return;
        FpContextActive = (value & 4) != 0;
        _floatReady = false;
    }

    internal void ChangeMasks(bool primask, bool faultmask, uint value)
    {
        if (!Privileged) return;
        if (primask) WriteMask(Primask, value);
        if (faultmask) WriteMask(Faultmask, value);
    }

    /// <summary>Division ends early when the quotient is short (Cortex-M3 and M4: 2 to 12 cycles; Cortex-M7 the same range, blocking).</summary>
    internal void DivideTime(uint dividend, uint divisor)
    {
        if (divisor == 0) return;
        int bits = System.Numerics.BitOperations.LeadingZeroCount(divisor) - System.Numerics.BitOperations.LeadingZeroCount(dividend);
        if (bits <= 0) return;
        Stall((ulong)(bits + 3) / 4 + 1);
    }
}
