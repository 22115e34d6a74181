using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Efm32;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an EFM32 or EFR32 of series 0 or 1 as the probe's target: its one access port changes where the part is locked, or what it shows.</summary>
public sealed class Efm32 : PlainTarget
{
    private readonly Efm32Part _part;
    private readonly AapRegisters _aap;

    public Efm32(Machine probe, Efm32Part part) : base(probe, part.Name, part.Port, (time, nets) => new ChipEfm32(part, time, nets))
    {
        (_part, _aap) = (part, new(part.Aap, Gecko.Msc.EraseDevice, SystemReset));
        if (part.Core.IsV6M) Gecko.AddAap(_aap);
    }

    public ChipEfm32 Gecko => (ChipEfm32)Chip;

    protected override SwDp NewDebugPort() => _part.Core.IsV6M
        ? base.NewDebugPort()
        : new(_part.Port.Dpidr, new Aap(new MemAp(this, _part.Port.ApIdr, _part.Port.RomBase) { IncrementBits = 12 }, _aap, () => Gecko.Msc.IsDebugLocked, CatchUp));
}
