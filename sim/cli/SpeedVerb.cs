using System.CommandLine;
using System.Diagnostics;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Cli;

/// <summary>"speed": how many instructions a second this machine simulates, in a plain loop of loads, stores, arithmetic and a branch.</summary>
internal static class SpeedVerb
{
    private const uint Ram = 0x2000_0000;
    private const ulong Chunk = 10_000_000;

    private static readonly ushort[] Loop =
    [
        0x3001,     // loop: adds r0, #1
        0x1809,     //       adds r1, r1, r0
        0x404A,     //       eors r2, r1
        0x6823,     //       ldr  r3, [r4]
        0x6063,     //       str  r3, [r4, #4]
        0x3D01,     //       subs r5, #1
        0xD1F8,     //       bne  loop
    ];

    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to measure", DefaultValueFactory = _ => 3.0 };
        var command = new Command("speed", "Measure simulated instructions a second in a plain loop") { seconds };
        command.SetAction(parsed => Measure(parsed.GetValue(seconds)));
        return command;
    }

    private static int Measure(double seconds)
    {
        if (seconds is not (> 0 and < 600)) throw new UsageError("--seconds: more than 0, less than 600");
        foreach (var kind in new[] { CoreKind.CortexM7, CoreKind.CortexM0Plus }) Console.WriteLine($"{kind,-14} {Measure(kind, seconds) / 1e6,7:F1} million instructions a second");
        return ExitCode.Good;
    }

    private static double Measure(CoreKind kind, double seconds)
    {
        var (bus, time) = (new Bus(), new TimeBase(216_000_000));
        var code = new MemoryRegion("ITCM", 0, 0x1000, MemoryTiming.Tcm);
        bus.Map(code);
        bus.Map(new MemoryRegion("DTCM", Ram, 0x1000, MemoryTiming.Tcm));
        for (int i = 0; i < Loop.Length; i++) BitConverter.TryWriteBytes(code.Span[(0x100 + 2 * i)..], Loop[i]);
        BitConverter.TryWriteBytes(code.Span, Ram + 0x1000);
        BitConverter.TryWriteBytes(code.Span[4..], 0x101u);
        var core = new Core(kind, bus, time);
        core.Reset();
        core[4] = Ram;
        core.RunInstructions(Chunk);                    // the host's compiler warms up
        ulong before = core.Instructions;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds) core.RunInstructions(Chunk);
        return (core.Instructions - before) / watch.Elapsed.TotalSeconds;
    }
}
