using SharpProbe.Hal;
using SharpProbe.Intrinsics;
using static SharpProbe.HalTest.Report;

namespace SharpProbe.HalTest;

static class TimeTests
{
    internal static void Run()
    {
        uint start = Tick.Milliseconds;
        while (Tick.Milliseconds == start) { }
        uint cycles = CycleCounter.Now;
        start = Tick.Milliseconds;
        while (Tick.Milliseconds - start < 10) { }
        cycles = CycleCounter.Now - cycles;
        uint expected = Family.CoreHertz / 100;
        Check(cycles > expected - expected / 1000 && cycles < expected + expected / 1000, "ten ticks are ten milliseconds of cycles"u8);
        MicrosecondsTests();
        Check(UniqueId.At(Family.UniqueIdAddress).Length == 12, "the unique id has 96 bits"u8);
    }

    /// <summary>Also while interrupts are off and a tick is pending.</summary>
    private static void MicrosecondsTests()
    {
        var clock = new SystemClock(Family.CoreHertz);
        bool good = true;
        for (int i = 0; i < 20; i++)
        {
            if (i == 10) Cpu.DisableInterrupts();
            uint cycles = CycleCounter.Now, start = clock.Microseconds;
            while (clock.Microseconds - start < 97) { }
            cycles = CycleCounter.Now - cycles;
            good &= cycles > Family.CoreHertz / 1_000_000 * 95 && cycles < Family.CoreHertz / 1_000_000 * 99;
            if (i == 19) Cpu.EnableInterrupts();
        }
        Check(good, "microseconds go on through ticks, with interrupts off too"u8);
    }
}
