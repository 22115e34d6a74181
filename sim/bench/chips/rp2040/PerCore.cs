namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>A block that each core sees one of.</summary>
/// <param name="blocks">One a core.</param>
/// <param name="core">Whose access this is.</param>
public sealed class PerCore(Peripheral[] blocks, Func<int> core) : IBusDevice
{
    public string Name => blocks[0].Name;
    public uint Read(uint offset, int width) => blocks[core()].Read(offset, width);
    public void Write(uint offset, uint value, int width) => blocks[core()].Write(offset, value, width);
}
