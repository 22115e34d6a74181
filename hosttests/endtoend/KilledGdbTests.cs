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
        session.Fresh().Gdb.Send(command);
        Thread.Sleep(milliseconds);
        session.Gdb.Kill();
        string attached = session.Replace();
        Assert.Matches(@"STM32F1[\s\S]*Attaching", attached);
        session.Say("load");
        string said = session.Fresh().Say("compare-sections", "tbreak " + RunsTo, "continue");
        Assert.Matches(@"matched[\s\S]*Score__Count", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
        Assert.Null(session.Rig.Trouble);
    }
}
