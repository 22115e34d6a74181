namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>The block that tells why the chip was reset.</summary>
public abstract class ResetReason(string name) : Peripheral(name)
{
    public abstract void NotePowerOn();
    public abstract void NoteRunPin();
    public abstract void NoteRescue();
}
