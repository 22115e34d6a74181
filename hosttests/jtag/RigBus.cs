using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Adi;
using SimMemAp = SharpProbe.Sim.Adi.MemAp;

namespace SharpProbe.Tests.JtagWire;

/// <summary>A second debug port with some memory.</summary>
sealed class RigBus
{
    public RigBus() => Dp = new(0x2BA0_1477, new SimMemAp(new RamBus(new TimeBase(1_000_000_000)), 0x2477_0011, 0xE00F_F003));

    public SwDp Dp { get; }
}
