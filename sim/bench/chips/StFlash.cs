namespace SharpProbe.Sim.Chips;

/// <summary>What ST's flash controllers from the F2 to the L4 have in common (RM0090 3.9.5, RM0351 3.7.5): EOP and OPERR in bits 0 and 1 of SR, which come only where CR's bits 24 and 25 ask for their interrupts; STRT in bit 16 of CR.</summary>
/// <param name="die">The chip.</param>
/// <param name="irq">Its interrupt.</param>
public abstract class StFlash(Die die, int irq) : TargetFlash(die)
{
    private const uint Eop = 1, OpErr = 2, Start = 1 << 16, EopIe = 1 << 24, ErrIe = 1 << 25;

    protected abstract Register Status { get; }
    protected abstract Register Control { get; }

    /// <summary>An operation is over.</summary>
    protected virtual void End()
    {
        Control.Value &= ~Start;
        if ((Control.Value & EopIe) != 0) Status.Value |= Eop;
        UpdateInterrupt();
    }

    /// <summary>An operation is not done.</summary>
    /// <param name="flag">Why.</param>
    protected virtual void Refuse(uint flag)
    {
        Status.Value |= flag | ((Control.Value & ErrIe) != 0 ? OpErr : 0);
        Control.Value &= ~Start;
        UpdateInterrupt();
    }

    protected void UpdateInterrupt() =>
        Die.Interrupts.Set(irq, (Status.Value & Eop) != 0 && (Control.Value & EopIe) != 0 || (Status.Value & OpErr) != 0 && (Control.Value & ErrIe) != 0);
}
