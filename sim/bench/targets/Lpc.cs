using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Lpc;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an LPC as the probe's target.</summary>
public sealed class Lpc : SimTarget
{
    private readonly ChipLpc _chip;

    public Lpc(Machine probe, LpcPart part) : base(probe, part.Name, (time, nets) => new ChipLpc(part, time, nets)) => _chip = (ChipLpc)Chip;

    public ChipLpc Part => _chip;

    /// <summary>Code read protection closes the bus to the debugger.</summary>
    public override bool Enabled => _chip.Flash.ProtectionLevel == 0;

    protected override Chips.FlashWork FlashWork => _chip.Flash.Work;

    protected override (string Tx, string Rx) Uart => ("P0.2", "P0.3");

    protected override SwDp NewDebugPort() => new(_chip.Part.Dpidr, _chip.Part.Core.IsV6M
        ? new MemAp(this, _chip.Part.ApIdr, _chip.Part.RomBase) { HasPacked = false }
        : new MemAp(this, _chip.Part.ApIdr, _chip.Part.RomBase) { IncrementBits = 12 });

    protected override JtagChain? NewJtagChain(SwDp dp) => _chip.Part.JtagId == 0 ? null : new(new JtagDp("Cortex-M3", _chip.Part.JtagId, dp));
}
