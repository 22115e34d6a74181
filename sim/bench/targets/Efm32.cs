using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Efm32;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an EFM32 or EFR32 of series 0 or 1 as the probe's target: its one access port changes where the part is locked.</summary>
public sealed class Efm32(Machine probe, Efm32Part part) : PlainTarget(probe, part.Name, part.Port, (time, nets) => new ChipEfm32(part, time, nets))
{
    public ChipEfm32 Gecko => (ChipEfm32)Chip;

    protected override SwDp NewDebugPort() =>
        new(part.Port.Dpidr, new Aap(new MemAp(this, part.Port.ApIdr, part.Port.RomBase) { IncrementBits = 12 }, part.Aap, () => Gecko.Msc.IsDebugLocked, CatchUp, Gecko.Msc.EraseDevice, SystemReset));
}
