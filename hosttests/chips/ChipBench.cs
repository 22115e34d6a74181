using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

/// <summary>A chip without a core: time moves when the test says so, and interrupts are only recorded.</summary>
internal sealed class ChipBench : IInterruptLines
{
    public const uint Ram = 0x2001_0000;

    public ChipBench(ulong hertz = 216_000_000)
    {
        Time = new(hertz);
        Nets = new(Time);
        Memory = new("SRAM1", Ram, 0x1000, MemoryTiming.Ahb);
        Bus.Map(Memory);
        Die = new("F723", Time, this, Bus, Nets);
    }

    public TimeBase Time { get; }
    public Bus Bus { get; } = new();
    public Nets Nets { get; }
    public Die Die { get; }
    public MemoryRegion Memory { get; }
    public SortedSet<int> Interrupts { get; } = [];

    public void Set(int irq, bool level)
    {
        if (level) Interrupts.Add(irq);
        else Interrupts.Remove(irq);
    }

    /// <summary>Lets simulated time pass, in femtoseconds.</summary>
    public void Run(ulong duration)
    {
        ulong end = Time.CycleAt(Time.Now + duration);
        while (Time.Deadline <= end)
        {
            Time.Cycles = Math.Max(Time.Cycles, Time.Deadline);
            Time.RunDue();
        }
        Time.Cycles = Math.Max(Time.Cycles, end);
    }

    public Gpio Port(char port) => new(port, Die, GpioResets.F7(port), AlternateFunctionsF7.Table);

    public static string StopOf(Action action) => Assert.Throws<BenchStop>(action).Message;
}
