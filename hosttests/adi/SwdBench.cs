using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Adi;

/// <summary>Two wires, a host on one end, an STM32F103's debug port with some memory on the other.</summary>
sealed class SwdBench
{
    public SwdBench(SwdTiming? timing = null, Func<MemAp, SwDp>? dp = null, ulong hertz = 1_000_000_000)
    {
        Time = new(hertz);
        Nets = new(Time);
        (Swclk, Swdio) = (Nets.Create("SWCLK"), Nets.Create("SWDIO"));
        Bus = new(Time);
        Ap = new(Bus, 0x1477_0011, 0xE00F_F003);
        Dp = dp is null ? new(0x1BA0_1477, Ap) : dp(Ap);
        Port = new(Swclk, Swdio, Dp, timing);
        Host = new(Time, Swclk, Swdio);
    }

    public TimeBase Time { get; }
    public Nets Nets { get; }
    public Net Swclk { get; }
    public Net Swdio { get; }
    public RamBus Bus { get; }
    public MemAp Ap { get; }
    public SwDp Dp { get; }
    public SwdPort Port { get; }
    public SwdHost Host { get; }

    public SwdBench Connected()
    {
        Host.Connect();
        return this;
    }
}
