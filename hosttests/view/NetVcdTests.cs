using SharpProbe.Sim;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.View;

namespace SharpProbe.Tests.View;

public class NetVcdTests
{
    private readonly TimeBase _time = new(1_000_000);
    private readonly Nets _nets;

    public NetVcdTests() => _nets = new(_time);

    private string Dump(string[] pins, Action drive)
    {
        using var folder = new TestFolder();
        string path = folder.File("pins.vcd");
        using (new NetVcd(path, _nets, pins)) drive();
        return File.ReadAllText(path);
    }

    [Fact]
    public void Only_wires_that_changed_are_in_the_file()
    {
        var quiet = new Pin("F723", "PA0", _nets);
        var led = new Pin("F723", "PA10", _nets);
        string dump = Dump([], () =>
        {
            _time.Cycles += 5;
            led.Set(Drive.High);
        });
        Assert.Contains("PA10", dump);
        Assert.DoesNotContain(quiet.Name, dump);
        Assert.Contains("#5000\n1!", dump);
    }

    [Fact]
    public void A_wire_that_was_asked_for_is_there_even_if_quiet()
    {
        _ = new Pin("F723", "PA0", _nets);
        Assert.Contains("$scope module GPIOA $end\n$var wire 1 ! PA0 $end", Dump(["pa0"], () => { }));
    }

    [Fact]
    public void A_name_that_no_wire_has_is_refused() =>
        Assert.Contains("PZ9", Assert.Throws<ArgumentException>(() => Dump(["PZ9"], () => { })).Message);
}
