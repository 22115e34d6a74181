namespace SharpProbe.Sim.Chips.L5;

/// <summary>A block whose clock is off: it reads as zero, and a write is lost. Who turns the clock on touches the RCC, which stops the target.</summary>
public sealed class Unclocked(string name) : Peripheral(name)
{
    public override uint Read(uint offset, int width) => 0;

    public override void Write(uint offset, uint value, int width) { }
}
