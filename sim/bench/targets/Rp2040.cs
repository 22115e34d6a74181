using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// A board with an RP2040 as the probe's target: three debug ports on one pair of wires, dormant at first and told apart by TARGETSEL: instance 0 and 1 with the AHB-AP of one core each, 15 the
/// rescue port, whose debug power request restarts the chip (RP2040 datasheet 2.3.4).
/// </summary>
public sealed class Rp2040 : SimTarget
{
    public const string TargetName = "rp2040", SmallName = "rp2040-512k";
    private const uint Dpidr = 0x0BC1_2477, ApIdr = 0x0477_0031, RomBase = 0xE00F_F003, TargetId = 0x0100_2927;
    private const byte RescueInstance = 15;

    // How far one core may be ahead of the other while both run.
    private const ulong Slice = TimeBase.Second / 1_000_000;

    private readonly ChipRp2040 _chip;

    /// <param name="probe">Beside which it stands.</param>
    /// <param name="name">For messages.</param>
    /// <param name="flashKilobytes">Of the serial flash.</param>
    public Rp2040(Machine probe, string name = TargetName, uint flashKilobytes = 2048) : base(probe, name, (time, nets) => new ChipRp2040(time, nets, flashKilobytes))
    {
        _chip = (ChipRp2040)Chip;
        _chip.Time1.Cycles = _chip.Time1.CycleAt(Time.Now);
    }

    public ChipRp2040 Part => _chip;

    /// <summary>The second core as its own AHB-AP has it.</summary>
    public Core Core1 => ((ChipRp2040)Chip).Core1;

    protected override bool DrivesResetPin => false;

    // A core's own reset is over at once.
    protected override ulong ResetTime => 0;

    protected override bool IsIdle => base.IsIdle && (Core1.Sleeping || Core1.Halted);

    protected override (string Tx, string Rx) Uart => ("GPIO0", "GPIO1");

    protected override SwDp NewDebugPort() => NewDebugPort(0, this);

    protected override IEnumerable<SwDp> NewFurtherDebugPorts() =>
    [
        NewDebugPort(1, new SecondBus(this)),
        new(Dpidr) { TargetId = TargetId, Instance = RescueInstance, Start = SwjProtocol.Dormant, DebugPowerRequested = () => { CatchUp(); _chip.Rescue(); } },
    ];

    protected override SharpProbe.Sim.Chips.FlashWork FlashWork => _chip.Flash.Work;

    protected override void BeforeAccess(Core core) => _chip.Master = core;

    /// <summary>Both cores in turn.</summary>
    protected override void RunTo(ulong time)
    {
        var chip = (ChipRp2040)Chip;
        ulong until = Core1.Sleeping || Core1.Halted ? time : Math.Min(time, Time.Now + Slice);
        chip.Master = Core;
        Core.Run(Time.CycleAt(until));
        chip.Master = chip.Core1;
        chip.Core1.Run(chip.Time1.CycleAt(until));
        chip.Master = Core;
    }

    private static SwDp NewDebugPort(byte instance, IDebugBus bus) => new(Dpidr, new MemAp(bus, ApIdr, RomBase) { HasPacked = false }) { TargetId = TargetId, Instance = instance, Start = SwjProtocol.Dormant };

    /// <summary>Core 1's way to the bus: the same memories, its own private half.</summary>
    private sealed class SecondBus(Rp2040 target) : IDebugBus
    {
        public bool Powered => target.Powered;
        public bool Enabled => target.Enabled;
        public bool Read(uint address, int width, out uint value, out ulong readyAt) => target.ReadAs(target.Core1, address, width, out value, out readyAt);
        public bool Write(uint address, uint value, int width, out ulong readyAt) => target.WriteAs(target.Core1, address, value, width, out readyAt);
    }
}
