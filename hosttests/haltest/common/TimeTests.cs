using SharpProbe.Hal;
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
        Check(UniqueId.At(Family.UniqueIdAddress).Length == 12, "the unique id has 96 bits"u8);
    }
}
