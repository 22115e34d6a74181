using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with a <see cref="PlainChip"/> as the probe's target.</summary>
public class PlainTarget : SimTarget
{
    private readonly PlainPort _port;

    public PlainTarget(Machine probe, string name, PlainPort port, Func<TimeBase, Nets, PlainChip> build) : base(probe, name, (time, nets) => build(time, nets)) => _port = port;

    public PlainChip Part => (PlainChip)Chip;

    public override bool Enabled => Part.IsOpen;

    protected override (string Tx, string Rx) Uart => _port.Uart;

    protected override SwDp NewDebugPort() => new(_port.Dpidr, _port.IsV6M
        ? new MemAp(this, _port.ApIdr, _port.RomBase) { HasPacked = false }
        : new MemAp(this, _port.ApIdr, _port.RomBase) { IncrementBits = 12 });

    protected override bool Admits(uint address) => Part.Admits(address);

    protected override Chips.FlashWork FlashWork => Part.Work;
}
