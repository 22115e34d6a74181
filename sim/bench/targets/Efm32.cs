using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Efm32;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an EFM32GG as the probe's target: its one access port changes where the part is locked.</summary>
public sealed class Efm32(Machine probe) : PlainTarget(probe, ChipEfm32.TargetName, ChipEfm32.Port, (time, nets) => new ChipEfm32(time, nets))
{
    public ChipEfm32 Gecko => (ChipEfm32)Chip;

    protected override SwDp NewDebugPort() =>
        new(ChipEfm32.Port.Dpidr, new Aap(new MemAp(this, ChipEfm32.Port.ApIdr, ChipEfm32.Port.RomBase) { IncrementBits = 12 }, () => Gecko.Msc.IsDebugLocked, CatchUp, Gecko.Msc.EraseDevice, SystemReset));
}
