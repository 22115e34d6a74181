using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>A block of series 2 on its bus: at its own place, and 0x1000, 0x2000 and 0x3000 further as what a write sets, clears or flips. Words only; without its clock it is a bus error (EFR32xG22 reference manual, "Peripheral bit set, clear and toggle", "CMU").</summary>
public sealed class BlockS2(Peripheral block, Func<bool> clocked) : IBusDevice
{
    public string Name => block.Name;

    public uint Read(uint offset, int width)
    {
        uint at = Check(offset, width);
        return block.Has(at) ? block.Read(at, 4) : 0;
    }

    public void Write(uint offset, uint value, int width)
    {
        uint at = Check(offset, width);
        if (!block.Has(at)) return;
        uint old = block.Registers.First(r => r.Offset == at).Value;
        block.Write(at, (offset >> 12) switch { 0 => value, 1 => old | value, 2 => old & ~value, _ => old ^ value }, 4);
    }

    private uint Check(uint offset, int width) => width == 4 && clocked() ? offset & 0xFFF : throw new CoreFault(FaultKind.PreciseBus, offset);
}
