using SharpProbe.Io;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Debugging;

/// <summary>The bench's time.</summary>
sealed class BenchClock(Machine probe) : Clock
{
    public override uint Microseconds => (uint)(probe.Time.Now / (TimeBase.Second / 1_000_000));

    public override uint Milliseconds => (uint)(probe.Time.Now / (TimeBase.Second / 1000));
}
