using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Boot;

/// <summary>hosttests/haltest on the bench: the chip drivers, each against the model of its chip.</summary>
public class HalTests
{
    [Theory]
    [InlineData("haltest_f7", "stlinkv3mini")]
    [InlineData("haltest_h7", "devebox_h743")]
    public void The_chip_drivers_pass_their_own_program(string program, string board)
    {
        var booted = new BootedBoard(BoardList.Find(board), program);
        while (!booted.Console.Contains("type\n") && booted.Machine.Time.Now < 10 * TimeBase.Second) booted.Run(50);
        booted.Machine.Console.Send([.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))]);
        booted.Run(400);
        Assert.True(booted.Console.EndsWith("done\n") && !booted.Console.Contains("FAILED"), booted.Console);
    }
}
