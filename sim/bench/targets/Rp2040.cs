using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// A board with an RP2040 as the probe's target: three debug ports on one pair of wires, dormant at first and told apart by TARGETSEL: instance 0 and 1 with the AHB-AP of one core each, 15 the
/// rescue port, whose debug power request restarts the chip (RP2040 datasheet 2.3.4).
/// </summary>
public sealed class Rp2040 : RpTarget
{
    public const string TargetName = "rp2040", SmallName = "rp2040-512k";
    private const uint Dpidr = 0x0BC1_2477, ApIdr = 0x0477_0031, RomBase = 0xE00F_F003, TargetId = 0x0100_2927;
    private const byte RescueInstance = 15;

    /// <param name="probe">Beside which it stands.</param>
    /// <param name="name">For messages.</param>
    /// <param name="flashKilobytes">Of the serial flash.</param>
    public Rp2040(Machine probe, string name = TargetName, uint flashKilobytes = 2048) : base(probe, name, (time, nets) => new ChipRp2040(time, nets, flashKilobytes)) { }

    public ChipRp2040 Part => (ChipRp2040)Chip;

    protected override SwDp NewDebugPort() => NewDebugPort(0, this);

    protected override IEnumerable<SwDp> NewFurtherDebugPorts() =>
    [
        NewDebugPort(1, new SecondBus(this)),
        new(Dpidr) { TargetId = TargetId, Instance = RescueInstance, Start = SwjProtocol.Dormant, DebugPowerRequested = () => { CatchUp(); Part.Rescue(); } },
    ];

    private static SwDp NewDebugPort(byte instance, IDebugBus bus) => new(Dpidr, new MemAp(bus, ApIdr, RomBase) { HasPacked = false }) { TargetId = TargetId, Instance = instance, Start = SwjProtocol.Dormant };
}
