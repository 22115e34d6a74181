using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Clocks;

public class BoardTests
{
    public static TheoryData<string> Names => [.. BoardList.All.Select(b => b.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_board_s_lights_and_console_are_on_pins_that_the_chip_has(string name)
    {
        var machine = new Machine(BoardList.Find(name));
        foreach (string pin in machine.Board.Leds.Select(l => l.Pin).Append(machine.Board.Console.Tx).Append(machine.Board.Console.Rx))
            Assert.Contains(pin, machine.Chip.Die.Pins.Keys);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_board_with_erased_flash_locks_up_and_goes_on(string name)
    {
        var machine = new Machine(BoardList.Find(name));
        Assert.True(machine.RunFor(TimeBase.Second / 1000), machine.Stopped?.ToString());
        Assert.True(machine.Core.LockedUp);
    }

    [Fact] public void An_unknown_board_is_answered_with_those_there_are() =>
        Assert.Contains("stlinkv3mini", Assert.Throws<ArgumentException>(() => BoardList.Find("nucleo")).Message);
}
