using System.Diagnostics;

namespace SharpProbe.Sim.Cpu;

/// <summary>How fast this machine simulates: a plain loop of arithmetic, a load, a store and a branch, with cycle counting and all checks on.</summary>
public static class SpeedLoop
{
    private const uint Code = 0x0800_0000, Data = 0x2000_0000;

    // movs r0,#0 / ldr r5,=Data / loop: adds r0,#1 / ldr r4,[r5] / eors r4,r0 / str r4,[r5] / lsls r2,r0,#3 / adds r1,r1,r2 / cmp r0,r6 / bne loop / b loop / literal
    private static readonly ushort[] Program =
    [
        0x2000, 0x4D05, 0x3001, 0x682C, 0x4044, 0x602C, 0x00C2, 0x1889, 0x42B0, 0xD1F7, 0xE7F6, 0xBF00, 0x0000, 0x2000,
    ];

    /// <summary>Runs about <paramref name="instructions"/> of them and returns instructions a second.</summary>
    public static double Run(CoreKind kind, ulong instructions)
    {
        var time = new TimeBase(216_000_000);
        var bus = new Bus();
        var flash = new MemoryRegion("flash", Code, 0x1_0000, MemoryTiming.Flash);
        var ram = new MemoryRegion("RAM", Data, 0x1_0000, MemoryTiming.Tcm);
        for (int i = 0; i < Program.Length; i++) BitConverter.TryWriteBytes(flash.Span[(i * 2)..], Program[i]);
        bus.Map(flash);
        bus.Map(ram);
        var core = new Core(kind, bus, time) { Pc = Code };
        core[6] = uint.MaxValue;
        core.RunInstructions(1_000_000);
        long start = Stopwatch.GetTimestamp();
        core.RunInstructions(instructions);
        return instructions / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
