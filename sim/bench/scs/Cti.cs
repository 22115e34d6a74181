namespace SharpProbe.Sim.Scs;

/// <summary>Cross trigger interface of a Cortex-M33 (DDI 100230, "CTI"): off, as reset leaves it. Turning it on stops the target.</summary>
public sealed class Cti : CoreSightBlock
{
    public Cti() : base("CTI", 0xD21, 0x90, lockable: false)
    {
        Add(new() { Name = "CTICONTROL", Offset = 0x000, Unmodelled = [new("GLBEN", 1)] });
        Add(Constant("DEVTYPE", 0xFCC, 0x14));
    }
}
