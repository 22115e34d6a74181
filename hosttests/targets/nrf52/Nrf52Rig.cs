using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>An nRF52832 beside a probe without firmware; the test has its bus, as a debug port would, and its wires.</summary>
internal sealed class Nrf52Rig
{
    public const uint Ready = 0x4001_E400, Config = 0x4001_E504, ErasePage = 0x4001_E508, EraseAll = 0x4001_E50C, EraseUicr = 0x4001_E514, Uicr = 0x1000_1000, Approtect = Uicr + 0x208;
    public const uint Ren = 0, Wen = 1, Een = 2, Ram = 0x2000_0000;
    public const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <param name="program">Code at 0x100, with a stack; none: an erased part.</param>
    public Nrf52Rig(params ushort[] program)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Target = new(Probe);
        if (program.Length == 0) return;
        var image = new byte[0x100 + program.Length * 2];
        BitConverter.TryWriteBytes(image, Ram + 0x1000);
        for (int n = 1; n < 64; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), 0x101u);
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x100 + i * 2), program[i]);
        Target.Load(image, 0);
    }

    public Machine Probe { get; }
    public Nrf52832 Target { get; }

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

    /// <summary>Femtoseconds until NVMC.READY.</summary>
    public ulong Duration()
    {
        ulong start = Probe.Time.Now;
        while (this[Ready] == 0) { }
        return Probe.Time.Now - start;
    }
}
