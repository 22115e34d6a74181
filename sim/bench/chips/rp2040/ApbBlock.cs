namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>
/// A block as the RP2040's bus shows it: at its own place, and 0x1000, 0x2000 and 0x3000 further as what a write flips, sets or clears (datasheet 2.1.2); a narrow write is one of the whole word
/// with its lanes alike (2.1.4). Held in reset, it reads zero and forgets writes.
/// </summary>
/// <param name="block">The registers.</param>
/// <param name="on">Out of reset.</param>
public sealed class ApbBlock(Peripheral block, Func<bool> on) : IBusDevice
{
    private const uint Registers = 0xFFF;

    public string Name => block.Name;

    public uint Read(uint offset, int width)
    {
        if (!on()) return 0;
        uint word = block.Read(offset & Registers & ~3u, 4) >> (int)(offset & 3) * 8;
        return width == 4 ? word : word & (1u << width * 8) - 1;
    }

    public void Write(uint offset, uint value, int width)
    {
        if (!on()) return;
        uint at = offset & Registers & ~3u;
        if (width == 1) value = (value & 0xFF) * 0x0101_0101;
        if (width == 2) value = (value & 0xFFFF) * 0x0001_0001;
        uint alias = offset >> 12 & 3;
        if (alias != 0)
        {
            uint old = block.Registers.FirstOrDefault(r => r.Offset == at)?.Value ?? 0;
            value = alias switch { 1 => old ^ value, 2 => old | value, _ => old & ~value };
        }
        block.Write(at, value, 4);
    }
}
