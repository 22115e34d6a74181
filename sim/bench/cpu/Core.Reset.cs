namespace SharpProbe.Sim.Cpu;

public sealed unsafe partial class Core
{
    /// <summary>
    /// Reset of the processor (TakeReset(), DDI0403 B1.5.5): thread mode, privileged, main stack. R0 to R12 keep what they had, as silicon may;
    /// scs then loads MSP and PC from the vector table.
    /// </summary>
    public void Reset()
    {
        _attention &= Attention.Step;            // onlookers stay
        UsesProcessStack = false;
        (Ipsr, ThreadUnprivileged, FpContextActive) = (0, false, false);
        (Apsr, Ge, ItState, ThumbState) = (0, 0, 0, true);
        (_fpscr, _floatReady) = (0, false);
        (_exclusiveOpen, _exclusiveAddress) = (false, 0);
        EventRegister = false;
        StackLimits.AsSpan().Clear();
        _instructionLines.Clear();
        _dataLines.Clear();
        R(14) = 0xFFFF_FFFF;
        ResetSystem();
    }
}
