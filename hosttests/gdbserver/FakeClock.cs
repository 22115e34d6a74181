using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

/// <summary>Time that passes when the test says so, and a microsecond at each look.</summary>
internal sealed class FakeClock : Clock
{
    private ulong _now;

    public override uint Microseconds => (uint)++_now;

    public override uint Milliseconds => (uint)(++_now / 1000);

    public void Pass(uint milliseconds) => _now += milliseconds * 1000UL;
}
