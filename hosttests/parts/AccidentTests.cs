using SharpProbe.Sim;
using SharpProbe.Adi;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>What happens to a part in the middle of a load is told in words, in time, and the next load works: one part of each generation of flash controllers.</summary>
public class AccidentTests(ITestOutputHelper output)
{
    /// <summary>Seconds of the bench that the probe may take to tell.</summary>
    private const double Patience = 3;

    public enum Accident
    {
        Reset,
        PowerLost,
    }

    public enum Moment
    {
        Erasing,
        Programming,
    }

    /// <summary>Target, an address in its flash, bytes: at least two blocks where blocks are small.</summary>
    private static readonly (string Name, uint Address, int Length)[] s_parts =
    [
        ("stm32f103", 0x0800_2000, 2048),
        ("gd32f303", 0x0800_2000, 4096),
        ("stm32f051", 0x0800_2000, 2048),
        ("stm32f407", 0x0800_4000, 4096),
        ("stm32f746", 0x0800_8000, 4096),
        ("stm32l475", 0x0800_2000, 4096),
        ("stm32g071", 0x0800_2000, 4096),
        ("stm32l552", 0x0800_2000, 4096),
        ("stm32u575", 0x0800_2000, 16384),
        ("stm32h743", 0x0802_0000, 8192),
        ("stm32h7a3", 0x0800_2000, 16384),
        ("stm32h563", 0x0800_2000, 16384),
        ("stm32l053", 0x0800_2000, 1024),
        ("stm32l151", 0x0800_2000, 1024),
        ("nrf51822", 0x2000, 4096),
        ("nrf52832", 0x2000, 8192),
        ("nrf9160", 0x2000, 8192),
        ("mkl25z128", 0x2000, 4096),
        ("mk64fn1m0", 0x2000, 8192),
        ("mke06z128", 0x2000, 2048),
        ("lpc1768", 0x2000, 8192),
        ("lpc11u24", 0x2000, 8192),
        ("lpc824", 0x2000, 4096),
        ("lpc4357", 0x1A00_2000, 8192),
        ("rp2040-512k", 0x1000_2000, 8192),
        ("rp2350-512k", 0x1000_2000, 8192),
        ("samd21", 0x2000, 4096),
        ("same54", 0x2000, 16384),
        ("sam4s", 0x0040_2000, 16384),
        ("sam3x", 0x0008_2000, 8192),
        ("same70", 0x0040_2000, 16384),
        ("efm32gg", 0x2000, 8192),
        ("efr32mg12", 0x2000, 8192),
        ("efr32mg22", 0x2000, 16384),
    ];

    public static TheoryData<string, Accident, Moment> Accidents
    {
        get
        {
            var rows = new TheoryData<string, Accident, Moment>();
            foreach (var part in s_parts)
                foreach (var accident in Enum.GetValues<Accident>())
                    foreach (var moment in Enum.GetValues<Moment>())
                        rows.Add(part.Name, accident, moment);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Accidents))]
    public void It_is_told_and_the_next_load_works(string name, Accident accident, Moment moment)
    {
        (_, uint address, int length) = s_parts.First(part => part.Name == name);
        byte[] data = PartBench.Noise(length);
        var bench = new PartBench(name).Attached();
        Succeeds(bench.Core.FlashErase(address, (uint)length));
        DebugFault fault = DebugFault.None;
        if (moment == Moment.Programming) fault = bench.Core.FlashWrite(address, data);
        Until(() => bench.Target.FlashOperations.Sum != 0);
        if (moment == Moment.Programming) Until(() => Programmed() >= Math.Min(length / 3, 1024));
        double start = bench.Milliseconds;
        if (accident == Accident.Reset) bench.Target.SystemReset();
        else
        {
            bench.Target.PowerOff();
            bench.PassCycles(216_000);
        }
        if (moment == Moment.Programming) fault = bench.Core.FlashWrite(address + (uint)length, data.AsSpan()[..64]);
        DebugFault done = bench.Core.FlashDone();
        string told = Words(fault.Failed ? fault : done);
        double took = bench.Milliseconds - start;
        output.WriteLine($"{name}: {told}, after {took:F0} ms");
        Assert.Null(bench.Target.Stopped);
        Assert.InRange(took, 0, Patience * 1000);
        if (accident == Accident.PowerLost)
        {
            Assert.Matches("no answer|target lost", told);
            bench.Target.PowerOn();
            bench.PassCycles(5 * 216_000);
        }
        else Assert.StartsWith("target was reset", told);

        // gdb's next load, in the same session.
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Load(address, data));
        Assert.Equal(data, bench.Read(address, length));

        void Until(Func<bool> done)
        {
            for (int i = 0; !done() && fault.Ok; i++)
            {
                Assert.True(i < 100_000, "it never came so far");
                bench.Core.Work();
                bench.PassCycles(2000);
            }
            Assert.True(done(), Words(fault));
        }

        int Programmed()
        {
            bench.Target.CatchUp();
            var mapping = bench.Target.Chip.Bus.Find(address)!;
            var flash = mapping.Region!.Span[(int)(address - mapping.Address)..];
            return flash.CommonPrefixLength(data);
        }
    }
}
