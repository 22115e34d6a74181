using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Tests.Calibration;

/// <summary>A core with flash, tightly coupled RAM and a GPIO that only takes stores, for loops of machine code.</summary>
internal sealed class CalibrationBench
{
    public const uint Code = 0x0800_0000, Ram = 0x2000_0000;

    private readonly MemoryRegion _flash = new("flash", Code, 0x1_0000, MemoryTiming.Flash);
    private readonly MemoryRegion _ram = new("DTCM", Ram, 0x1_0000, MemoryTiming.Tcm);

    public CalibrationBench(CoreKind kind, uint gpio, PeripheralPath[] paths, uint ahbRatio)
    {
        var bus = new Bus();
        var time = new TimeBase(216_000_000);
        bus.Map(_flash);
        bus.Map(_ram);
        bus.Map(gpio, 0x400, new Sink(time, Stores));
        Core = new Core(kind, bus, time);
        uint apb = ahbRatio * 2;
        Core.BusTiming.FlashWaitStates = 7;
        Core.BusTiming.Set(paths, ahbRatio, apb, apb, apb, apb);
        TurnCachesOn();
    }

    public static CalibrationBench F7() => new(CoreKind.CortexM7, 0x4002_0000, PeripheralPath.F7, 1);
    public static CalibrationBench H7() => new(CoreKind.CortexM7Double, 0x5802_0000, PeripheralPath.H7, 2);

    public Core Core { get; }

    /// <summary>Cycle and register offset of each store to the GPIO.</summary>
    public List<(ulong Cycle, uint Offset)> Stores { get; } = [];

    // str r1,[r0] to CCR: IC, DC, STKALIGN.
    private void TurnCachesOn()
    {
        Core.Bus.Write(Code, 0x6001, 2);
        (Core.Pc, Core[0], Core[1]) = (Code, 0xE000_ED14, 0x0003_0200);
        Core.Step();
    }

    public void Store(uint address, uint value) => Core.Bus.Write(address, value, 4);

    /// <summary>Average cycles a turn of a loop at the start of flash, after a hundred turns.</summary>
    public double CyclesPerTurn(int instructionsPerTurn, params ushort[] code)
    {
        for (int i = 0; i < code.Length; i++) Core.Bus.Write(Code + (uint)i * 2, code[i], 2);
        Core.Pc = Code;
        Core.RunInstructions((ulong)(100 * instructionsPerTurn));
        Assert.Equal(Code, Core.Pc);
        ulong start = Core.Time.Cycles;
        Core.RunInstructions((ulong)(1000 * instructionsPerTurn));
        Assert.Equal(Code, Core.Pc);
        return (Core.Time.Cycles - start) / 1000.0;
    }

    private sealed class Sink(TimeBase time, List<(ulong, uint)> stores) : IBusDevice
    {
        public string Name => "GPIO";
        public uint Read(uint offset, int width) => 0;
        public void Write(uint offset, uint value, int width) => stores.Add((time.Cycles, offset));
    }
}
