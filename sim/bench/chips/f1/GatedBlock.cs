namespace SharpProbe.Sim.Chips.F1;

/// <summary>A block behind its clock enable: without clock it reads zero and forgets writes, as silicon does. A debugger may look anywhere at any time.</summary>
public sealed class GatedBlock(Peripheral block, Func<bool> on) : IBusDevice
{
    public string Name => block.Name;

    public uint Read(uint offset, int width) => on() ? block.Read(offset, width) : 0;

    public void Write(uint offset, uint value, int width)
    {
        if (on()) block.Write(offset, value, width);
    }
}
