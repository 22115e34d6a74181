using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class NetTests
{
    private readonly ChipBench _bench = new();
    private readonly Net _net;

    public NetTests() => _net = _bench.Nets.Create("N");

    [Theory]
    [InlineData(Drive.None, Drive.None, Level.Floating)]
    [InlineData(Drive.PullUp, Drive.None, Level.High)]
    [InlineData(Drive.PullUp, Drive.PullDown, Level.Floating)]
    [InlineData(Drive.PullUp, Drive.ResistorDown, Level.Low)]
    [InlineData(Drive.ResistorUp, Drive.Low, Level.Low)]
    [InlineData(Drive.High, Drive.ResistorDown, Level.High)]
    [InlineData(Drive.High, Drive.High, Level.High)]
    public void The_stronger_drive_wins(Drive a, Drive b, Level expected)
    {
        _net.Attach("a", a);
        _net.Attach("b", b);
        Assert.Equal(expected, _net.Level);
    }

    [Fact] public void Change_carries_the_exact_time_it_was_given()
    {
        var driver = _net.Attach("a");
        NetChange? seen = null;
        _net.Changed += c => seen = c;
        driver.Set(Drive.High, 12_345);
        Assert.Equal(new NetChange(_net, Level.Floating, Level.High, 12_345), seen);
    }

    [Fact] public void Times_of_changes_never_go_back()
    {
        var driver = _net.Attach("a");
        var times = new List<ulong>();
        _net.Changed += c => times.Add(c.Time);
        driver.Set(Drive.High, 2_000);
        driver.Set(Drive.Low, 1_000);
        Assert.Equal([2_000ul, 2_000ul], times);
    }

    [Fact] public void Everybody_hears_of_a_change_before_the_change_that_a_listener_answers_with()
    {
        var heard = new List<string>();
        var answer = _bench.Nets.Create("answer");
        var answering = answer.Attach("b");
        _net.Changed += _ => answering.Set(Drive.High);
        answer.Changed += _ => heard.Add("answer");
        _net.Changed += _ => heard.Add("question");
        _net.Attach("a", Drive.High);
        Assert.Equal(["question", "answer"], heard);
    }

    [Fact] public void Conflict_is_only_an_event_where_the_board_says_so()
    {
        _bench.Nets.ConflictStops = false;
        string? message = null;
        _bench.Nets.Conflict += (_, text) => message = text;
        _net.Attach("a", Drive.High);
        _net.Attach("b", Drive.Low);
        Assert.Equal("wire N: a (High) and b (Low) drive against each other", message);
    }

    [Fact] public void Floating_wire_reads_as_its_last_level_and_is_reported_once()
    {
        var a = _net.Attach("a", Drive.High);
        _net.Attach("b");
        var readers = new List<string>();
        _bench.Nets.FloatingRead += (_, who) => readers.Add(who);
        a.Set(Drive.None);
        Assert.True(_net.Read("x"));
        Assert.True(_net.Read("y"));
        Assert.Equal(["x"], readers);
    }

    [Fact] public void Pin_that_moves_to_another_wire_takes_its_listeners_along()
    {
        var pin = _bench.Die.Pin("PA0");
        int changes = 0;
        pin.Changed += _ => changes++;
        pin.Connect(_net);
        _net.Attach("a", Drive.High);
        Assert.Equal(1, changes);
    }
}
