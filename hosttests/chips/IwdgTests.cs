using SharpProbe.Sim;
using SharpProbe.Sim.Chips;

namespace SharpProbe.Tests.Chips;

public class IwdgTests
{
    private const uint Kr = 0, Pr = 4, Rlr = 8, Sr = 12, Winr = 16;
    private const ulong Millisecond = TimeBase.Second / 1000;

    private readonly ChipBench _bench = new();
    private readonly Iwdg _iwdg;
    private readonly List<string> _expired = [];

    public IwdgTests()
    {
        _iwdg = new("IWDG", _bench.Die, () => 32_000);
        _iwdg.Expired += _expired.Add;
    }

    /// <summary>Reload 999 at 32 periods a count: one second.</summary>
    private void StartOneSecond()
    {
        _iwdg.Write(Kr, 0xCCCC, 4);
        _iwdg.Write(Kr, 0x5555, 4);
        _iwdg.Write(Pr, 3, 4);
        _iwdg.Write(Rlr, 999, 4);
        _bench.Run(Millisecond);
        Assert.Equal(0u, _iwdg.Read(Sr, 4));
        _iwdg.Write(Kr, 0xAAAA, 4);
    }

    [Fact] public void Resets_one_second_after_the_reload_it_was_set_to()
    {
        StartOneSecond();
        _bench.Run(999 * Millisecond);
        Assert.Empty(_expired);
        _bench.Run(2 * Millisecond);
        Assert.Single(_expired);
    }

    [Fact] public void Reload_in_time_keeps_it_quiet()
    {
        StartOneSecond();
        for (int i = 0; i < 5; i++)
        {
            _bench.Run(900 * Millisecond);
            _iwdg.Write(Kr, 0xAAAA, 4);
        }
        Assert.Empty(_expired);
    }

    [Fact] public void Status_is_busy_for_five_LSI_periods_after_a_write()
    {
        _iwdg.Write(Kr, 0x5555, 4);
        _iwdg.Write(Pr, 3, 4);
        Assert.Equal(1u, _iwdg.Read(Sr, 4));
        _bench.Run(TimeBase.Second / 32_000 * 5);
        Assert.Equal(0u, _iwdg.Read(Sr, 4));
    }

    [Fact] public void Write_without_the_key_stops_by_register() =>
        Assert.Equal("IWDG.PR written without key 0x5555 in KR: the write is lost", ChipBench.StopOf(() => _iwdg.Write(Pr, 3, 4)));

    [Fact] public void Reload_above_the_window_resets()
    {
        StartOneSecond();
        _iwdg.Write(Kr, 0x5555, 4);
        _iwdg.Write(Winr, 500, 4);
        _bench.Run(100 * Millisecond);
        _iwdg.Write(Kr, 0xAAAA, 4);
        Assert.Contains("above the window 500", Assert.Single(_expired));
    }

    [Fact] public void Without_LSI_an_update_waits_for_the_start_key()
    {
        var iwdg = new Iwdg("IWDG", _bench.Die, () => 0);
        iwdg.Write(Kr, 0x5555, 4);
        iwdg.Write(Rlr, 1, 4);
        _bench.Run(Millisecond);
        Assert.Equal(2u, iwdg.Read(Sr, 4));
        iwdg.Write(Kr, 0xCCCC, 4);
        _bench.Run(Millisecond);
        Assert.Equal(0u, iwdg.Read(Sr, 4));
    }
}
