using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an STM32 later than the F1 as the probe's target.</summary>
public sealed class StTarget : SimTarget
{
    private readonly StChip _chip;

    /// <param name="probe">The board with the probe.</param>
    /// <param name="part">What the chip says it is.</param>
    /// <param name="build">The chip.</param>
    public StTarget(Machine probe, StPart part, Func<TimeBase, Pins.Nets, StChip> build) : base(probe, part.Name, build)
    {
        _chip = (StChip)Chip;
        _chip.Flash.Changed += UpdatePins;
    }

    public StPart Part => _chip.Part;
    public Chips.TargetFlash Flash => _chip.Flash;

    /// <summary>At protection level 2 there is no debug port.</summary>
    public override bool SwdOn => _chip.Flash.ProtectionLevel < 2;

    protected override (string Tx, string Rx) Uart => ("PA9", "PA10");

    protected override string? Swo => Part.Core.HasTpiu ? "PB3" : null;

    protected override SwDp NewDebugPort() => new(Part.Dpidr, _chip.AccessPorts(this)) { TargetId = Part.TargetId };

    protected override bool Admits(uint address) => !_chip.IsSecret(address) && (_chip.Flash.ProtectionLevel == 0 || !_chip.IsClosable(address));

    protected override Chips.FlashWork FlashWork => _chip.Flash.Work;
}
