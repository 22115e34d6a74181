using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Boot;

/// <summary>hosttests/haltest on the bench: the chip drivers, each against the model of its chip.</summary>
public class HalTests
{
    [Theory]
    [InlineData("haltest_f7", "stlinkv3mini", "PG14", "PG9")]
    [InlineData("haltest_h7", "devebox_h743", "PE8", "PE7")]
    public void The_chip_drivers_pass_their_own_program(string program, string board, string tx, string rx)
    {
        var booted = new BootedBoard(BoardList.Find(board), program);
        if (booted.Machine.Chip is Stm32H7 h7)
        {
            h7.Flash.Banks[1].Memory!.Holes![0xC_0040 / 32] = true;
            h7.Flash.Banks[1].Memory!.ContentsChanged();
        }
        SerialHost target = booted.Machine.Serial(tx, rx);
        target.Baud = 1_000_000;
        SendAt("type\n", booted.Machine.Console, [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))]);
        booted.Run(260);
        SendAt("flood\n", target, new byte[18_000]);
        SendAt("again\n", target, new byte[2_000]);
        booted.Run(150);
        Assert.True(booted.Console.EndsWith("done\n") && !booted.Console.Contains("FAILED"), booted.Console);

        void SendAt(string prompt, SerialHost from, byte[] bytes)
        {
            while (!booted.Console.Contains(prompt) && booted.Machine.Time.Now < 10 * TimeBase.Second) booted.Run(10);
            from.Send(bytes);
        }
    }
}
