namespace SharpProbe.Sim.Chips.F1;

/// <summary>
/// A block as the target's bus shows it. Without its clock it reads zero and forgets writes, and so do its reserved words, as on silicon: a debugger may look anywhere
/// at any time, in any width.
/// </summary>
public sealed class BlockOnBus(Peripheral block, Func<bool> on) : IBusDevice
{
    public string Name => block.Name;

    public uint Read(uint offset, int width)
    {
        if (!on() || !block.Has(offset)) return 0;
        uint word = block.Read(offset & ~3u, 4) >> (int)(offset & 3) * 8;
        return width == 4 ? word : word & (1u << width * 8) - 1;
    }

    public void Write(uint offset, uint value, int width)
    {
        if (on() && block.Has(offset)) block.Write(offset, value, width);
    }
}
