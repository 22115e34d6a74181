using SharpProbe.Io;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Debugging;

/// <summary>The rest of the probe: a round of its loop takes 20 µs.</summary>
sealed class BenchBackground(Machine probe) : Background
{
    public int Rounds { get; private set; }

    public int Rests { get; private set; }

    /// <summary>Until the next tick.</summary>
    public override void Rest()
    {
        Rests++;
        probe.RunFor(TimeBase.Second / 1000);
    }

    public override void Run()
    {
        Rounds++;
        probe.RunFor(20 * (TimeBase.Second / 1_000_000));
    }
}
