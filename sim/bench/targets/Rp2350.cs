using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Rp2350;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// A board with an RP2350 as the probe's target: one ADIv6 debug port, dormant at first, and behind it at addresses of their own a ROM table, the AHB-APs of two cores, the APB-AP of the RISC-V debug
/// module, which does not answer while the cores are Arm's, and the RP-AP (RP2350 datasheet 3.5). The RUN pin resets the debug port too, a rescue does not.
/// </summary>
public sealed class Rp2350 : RpTarget
{
    public const string TargetName = "rp2350", SmallName = "rp2350-512k";
    private const uint Dpidr = 0x4C01_3477, TargetId = 0x0004_0927, AhbIdr = 0x3477_0008, ApbIdr = 0x3477_0006, RomBase = 0xE00F_F003, Arm = 0x43B, RaspberryPi = 0x913;

    /// <param name="probe">Beside which it stands.</param>
    /// <param name="name">For messages.</param>
    /// <param name="flashKilobytes">Of the serial flash.</param>
    public Rp2350(Machine probe, string name = TargetName, uint flashKilobytes = 4096) : base(probe, name, (time, nets) => new ChipRp2350(time, nets, flashKilobytes)) { }

    public ChipRp2350 Part => (ChipRp2350)Chip;

    /// <summary>The first ROM table of the debug port: all but the RP-AP (figure 10).</summary>
    public CoreSightPage Table { get; } = new(0x004, RaspberryPi, 0x4770_0AF7) { Entries = [0x2003, 0x4003, 0x6003, 0x7003, 0x8003, 0x9003, 0xA003] };

    /// <summary>Part numbers of the components that nobody has a manual of at hand are CoreSight SoC-600's.</summary>
    protected override SwDp NewDebugPort() => new(Dpidr)
    {
        TargetId = TargetId, Start = SwjProtocol.Dormant, Dpidr1 = 20, BasePointer = 1,
        Addressed = new Dictionary<uint, ApBlock>
        {
            [0x0_0000] = Table,
            [0x0_2000] = new CoreSightPage(0x9E3, Arm, 0x4770_0A17, NewPort(this)),
            [0x0_4000] = new CoreSightPage(0x9E3, Arm, 0x4770_0A17, NewPort(new SecondBus(this))),
            [0x0_6000] = new CoreSightPage(0x193, Arm, 0),
            [0x0_7000] = new CoreSightPage(0x9EB, Arm, 0),
            [0x0_8000] = new CoreSightPage(0x9E7, Arm, 0),
            [0x0_9000] = new CoreSightPage(0x9ED, Arm, 0x4770_1A14),
            [0x0_A000] = new CoreSightPage(0x9E2, Arm, 0x4770_0A17, new MemAp(new SilentBus(this), ApbIdr, 2)),
            [0x8_0000] = new RpAp(Rescue),
        },
    };

    /// <summary>The debug port is held with the rest, and dormant after that.</summary>
    protected override void ResetPinMoved(bool low)
    {
        if (Port is { } port) port.Powered = Powered && !low;
    }

    private static MemAp NewPort(IDebugBus bus) => new(bus, AhbIdr, RomBase) { HasSecurity = true, Configuration = 0x0001_01A0 };

    /// <summary>In reset while the bit is set; then all begins anew, and the boot ROM waits for a debugger.</summary>
    private void Rescue(bool held)
    {
        CatchUp();
        if (!held) Part.NoteRescue();
        HoldReset(held);
    }

    /// <summary>A bus with nobody on it.</summary>
    private sealed class SilentBus(Rp2350 target) : IDebugBus
    {
        public bool Powered => target.Powered;
        public bool Enabled => true;

        public bool Read(uint address, int width, out uint value, out ulong readyAt)
        {
            (value, readyAt) = (0, 0);
            return false;
        }

        public bool Write(uint address, uint value, int width, out ulong readyAt)
        {
            readyAt = 0;
            return false;
        }
    }
}
