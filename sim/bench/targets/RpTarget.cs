using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with a <see cref="ChipRp"/> as the probe's target: both cores run, and each has an access port.</summary>
public abstract class RpTarget : SimTarget
{
    // How far one core may be ahead of the other while both run.
    private const ulong Slice = TimeBase.Second / 1_000_000;

    protected RpTarget(Machine probe, string name, Func<TimeBase, Nets, ChipRp> build) : base(probe, name, build) => Both.Time1.Cycles = Both.Time1.CycleAt(Time.Now);

    /// <summary>The second core as its own AHB-AP has it.</summary>
    public Core Core1 => Both.Core1;

    protected override bool DrivesResetPin => false;

    // A core's own reset is over at once.
    protected override ulong ResetTime => 0;

    protected override bool IsIdle => base.IsIdle && (Core1.Sleeping || Core1.Halted);

    protected override (string Tx, string Rx) Uart => ("GPIO0", "GPIO1");

    protected override Chips.FlashWork FlashWork => Both.Flash.Work;

    private ChipRp Both => (ChipRp)Chip;

    protected override void BeforeAccess(Core core) => Both.Master = core;

    /// <summary>Both cores in turn.</summary>
    protected override void RunTo(ulong time)
    {
        var chip = Both;
        ulong until = Core1.Sleeping || Core1.Halted ? time : Math.Min(time, Time.Now + Slice);
        chip.Master = Core;
        Core.Run(Time.CycleAt(until));
        chip.Master = chip.Core1;
        chip.Core1.Run(chip.Time1.CycleAt(until));
        chip.Master = Core;
    }

    /// <summary>Core 1's way to the bus: the same memories, its own private half.</summary>
    protected sealed class SecondBus(RpTarget target) : IDebugBus
    {
        public bool Powered => target.Powered;
        public bool Enabled => target.Enabled;
        public bool Read(uint address, int width, out uint value, out ulong readyAt) => target.ReadAs(target.Core1, address, width, out value, out readyAt);
        public bool Write(uint address, uint value, int width, out ulong readyAt) => target.WriteAs(target.Core1, address, value, width, out readyAt);
    }
}
