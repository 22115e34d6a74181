namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>Registers that keep what is written and do nothing.</summary>
public sealed class KeptBlock : Peripheral
{
    public KeptBlock(string name, params (string Name, uint Offset, uint Reset)[] registers) : base(name)
    {
        foreach (var (register, offset, reset) in registers) Add(new() { Name = register, Offset = offset, Reset = reset });
    }
}
