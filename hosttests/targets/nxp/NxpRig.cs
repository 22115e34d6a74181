using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>A Kinetis or an LPC beside a probe without firmware; the test has its bus, as a debug port would, and its wires.</summary>
internal sealed class NxpRig
{
    public const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <param name="target">Of <see cref="TargetList"/>.</param>
    /// <param name="image">Flash from 0 on; none: an erased part.</param>
    public NxpRig(string target, byte[]? image = null)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Target = TargetList.Find(target).Build(Probe);
        if (image is not null) Target.Load(image, 0);
    }

    public Machine Probe { get; }
    public SimTarget Target { get; }
    public Kinetis Kinetis => (Kinetis)Target;
    public Lpc Lpc => (Lpc)Target;

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

    public void Halt() => this[TargetRig.Dhcsr] = TargetRig.Key | 3;

    public bool IsHalted => (this[TargetRig.Dhcsr] & 1 << 17) != 0;

    /// <summary>Halts before the first instruction after a reset.</summary>
    public void HaltAtReset()
    {
        this[TargetRig.Dhcsr] = TargetRig.Key | 1;
        this[TargetRig.Demcr] = 1;
        this[TargetRig.Aircr] = 0x05FA_0004;
        Wait(50 * Microsecond);
        Assert.True(IsHalted);
        this[TargetRig.Demcr] = 0;
    }

    public uint Register(int number)
    {
        this[TargetRig.Dcrsr] = (uint)number;
        return this[TargetRig.Dcrdr];
    }

    public void Register(int number, uint value)
    {
        this[TargetRig.Dcrdr] = value;
        this[TargetRig.Dcrsr] = 1u << 16 | (uint)number;
    }
}
