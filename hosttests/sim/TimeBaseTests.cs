using SharpProbe.Sim;

namespace SharpProbe.Tests.Sim;

public class TimeBaseTests
{
    [Fact]
    public void A_million_cycles_at_216_MHz_are_exactly_4629_629_microseconds()
    {
        var time = new TimeBase(216_000_000) { Cycles = 1_000_000 };
        Assert.Equal(4_629_629_629_629UL, time.Now);
    }

    [Fact]
    public void An_event_keeps_its_time_when_the_clock_changes()
    {
        var time = new TimeBase(16_000_000);
        time.At(TimeBase.Second / 1000, () => { });
        Assert.Equal(16_000UL, time.Deadline);
        time.SetFrequency(216_000_000);
        Assert.Equal(216_000UL, time.Deadline);
    }

    [Fact]
    public void A_cancelled_event_does_not_run()
    {
        var time = new TimeBase(1000);
        bool ran = false;
        time.After(0, () => ran = true).Cancel();
        time.RunDue();
        Assert.False(ran);
    }
}
