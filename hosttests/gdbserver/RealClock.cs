using System.Diagnostics;
using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

internal sealed class RealClock : Clock
{
    public override uint Microseconds => (uint)(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));
    public override uint Milliseconds => (uint)Environment.TickCount64;
}
