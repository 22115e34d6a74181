using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets;

/// <summary>A probe without firmware, whose time goes on, and a target whose bus the test reads and writes as a debug port would.</summary>
internal abstract class BusRig
{
    public const uint Dhcsr = 0xE000_EDF0, Dcrsr = 0xE000_EDF4, Dcrdr = 0xE000_EDF8, Demcr = 0xE000_EDFC, Dfsr = 0xE000_ED30, Aircr = 0xE000_ED0C, Key = 0xA05F_0000;
    public const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <param name="target">Makes it, at that probe.</param>
    protected BusRig(Func<Machine, SimTarget> target)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Target = target(Probe);
    }

    public Machine Probe { get; }
    public SimTarget Target { get; }

    /// <summary>A host on the board's SWD wires. The bench moves by it alone.</summary>
    public SwdHost Host()
    {
        var wiring = TargetWiring.Of(Probe.Board.Name);
        Target.Connect();
        return new(Probe.Time, Probe.Pin(wiring.Swclk).Net, Probe.Pin(wiring.Swdio).Net);
    }

    public uint this[uint address]
    {
        get => Read(address) ?? throw new InvalidOperationException($"0x{address:X8}: bus error, {Target.Stopped}");
        set => Assert.True(Write(address, value), $"0x{address:X8}: bus error, {Target.Stopped}");
    }

    /// <summary>Null: bus error.</summary>
    public uint? Read(uint address, int width = 4)
    {
        bool done = Target.Read(address, width, out uint value, out ulong readyAt);
        Probe.RunUntil(readyAt);
        return done ? value : null;
    }

    public bool Write(uint address, uint value, int width = 4)
    {
        bool done = Target.Write(address, value, width, out ulong readyAt);
        Probe.RunUntil(readyAt);
        return done;
    }

    public void Wait(ulong time)
    {
        Assert.True(Probe.RunFor(time), Probe.Stopped?.ToString());
        Target.CatchUp();
    }

    public bool IsHalted => (this[Dhcsr] & 1 << 17) != 0;

    public void Halt() => this[Dhcsr] = Key | 3;

    /// <summary>Halts before the program's first instruction.</summary>
    public void HaltAtReset()
    {
        this[Dhcsr] = Key | 1;
        this[Demcr] = 1;
        this[Aircr] = 0x05FA_0004;
        Wait(50 * Microsecond);
        Assert.True(IsHalted);
        this[Demcr] = 0;
    }

    public uint Register(int number)
    {
        this[Dcrsr] = (uint)number;
        return this[Dcrdr];
    }

    public void Register(int number, uint value)
    {
        this[Dcrdr] = value;
        this[Dcrsr] = 1u << 16 | (uint)number;
    }

    /// <summary>Reads a register until it has those of some bits that it is waited for; returns how long that took, in femtoseconds.</summary>
    public ulong Until(uint address, uint bits, uint value)
    {
        ulong start = Probe.Time.Now;
        while ((this[address] & bits) != value) { }
        return Probe.Time.Now - start;
    }
}
