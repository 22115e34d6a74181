namespace SharpProbe.Tests.EndToEnd;

/// <summary>gdb itself is killed in the middle of what it does; the next one finds everything in order.</summary>
public class KilledGdbTests(GdbSession session) : IClassFixture<GdbSession>
{
    private const string RunsTo = "app_SharpProbe_Demo_Score__Count if $r0 == 3";

    [Theory]
    [InlineData("load", 0)]
    [InlineData("load", 3)]
    [InlineData("load", 15)]
    [InlineData("load", 40)]
    [InlineData("continue", 1)]
    [InlineData("continue", 60)]
    [InlineData("step", 2)]
    [InlineData("stepi 1000", 100)]
    [InlineData("monitor swd_scan", 1)]
    [InlineData("compare-sections", 2)]
    public void Killed_during(string command, int milliseconds)
    {
        KillDuring(command, milliseconds);
        session.Say("load");
        string said = session.Fresh().Say("compare-sections", "tbreak " + RunsTo, "continue");
        Assert.Matches(@"matched[\s\S]*Score__Count", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
        Assert.Null(session.Rig.Trouble);
    }

    /// <summary>GDB_KILLS sets how often, KILL_SEED repeats a run.</summary>
    [Fact]
    public void Killed_at_random_moments()
    {
        string[] commands = ["load", "continue", "step", "stepi 1000", "next", "info registers", "x/4000xw 0x20000000", "monitor swd_scan", "compare-sections", "watch *(int*)0x20000100", "detach"];
        int kills = Setting("GDB_KILLS", 10), seed = Setting("KILL_SEED", Environment.TickCount);
        var random = new Random(seed);
        for (int i = 0; i < kills; i++)
        {
            string command = commands[random.Next(commands.Length)];
            int milliseconds = random.Next(80);
            try
            {
                KillDuring(command, milliseconds);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"KILL_SEED={seed}: kill {i + 1} of {kills}, {milliseconds} ms into \"{command}\": {e.Message}", e);
            }
        }
        session.Say("load");
        Assert.DoesNotContain("MIS-MATCHED", session.Fresh().Say("compare-sections"));
        Assert.Null(session.Rig.Trouble);
    }

    private void KillDuring(string command, int milliseconds)
    {
        session.Fresh().Gdb.Send(command);
        Thread.Sleep(milliseconds);
        session.Gdb.Kill();
        Assert.Matches(@"STM32F1[\s\S]*Attaching", session.Replace());
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : otherwise;
}
