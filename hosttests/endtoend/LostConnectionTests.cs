using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>gdb dies, or the cable is pulled, at a random moment of a session. The next session finds a probe as new, and the target, let go, runs.</summary>
public class LostConnectionTests
{
    /// <summary>Connections lost in each test.</summary>
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("LOST_CONNECTIONS") ?? "200", System.Globalization.CultureInfo.InvariantCulture);

    // A page that the program does not reach into, and RAM that it does not use.
    private static readonly string[] s_load =
    [
        "qSupported:multiprocess+", "qRcmd," + Rig.Digits("swd_scan"), "vAttach;1", "qXfer:memory-map:read::0,400", "vFlashErase:0800f000,00000800",
        "vFlashWrite:800f000:" + new string('w', 900), "vFlashWrite:800f384:" + new string('x', 900), "vFlashDone", "m800f000,100",
    ];

    private static readonly string[] s_running =
    [
        "qSupported:multiprocess+", "qRcmd," + Rig.Digits("swd_scan"), "vAttach;1", "g", "Z0,20004000,2", "Z2,20004100,4", "vCont;c", "\x03", "X20004000,4:abcd", "vCont;c", "\x03", "m20004000,100", "vCont;c",
    ];

    private static readonly string[] s_stepping =
    [
        "qSupported:multiprocess+", "qRcmd," + Rig.Digits("swd_scan"), "vAttach;1", "vCont;s:1", "g", "vCont;s:1", "vCont;r8000000,8010000:1", "\x03", "p0f", "vCont;s", "m20000000,400", "vCont;r8000000,8010000",
    ];

    private static readonly string[][] s_sessions = [s_load, s_running, s_stepping];

    [Fact]
    public void After_a_connection_dropped_at_any_byte_the_next_session_works_and_the_target_runs()
    {
        var chain = new Chain();
        var random = new Random(1);
        for (int i = 0; i < Times; i++)
        {
            PlayPart(chain, random, s_sessions[i % s_sessions.Length]);
            chain.Port.Close(drain: random.Next(2) == 0);
            chain.Run(30 * Chain.Millisecond);
            AssertRuns(chain, i);
            AssertWorks(chain);
        }
        chain.AssertClean();
    }

    [Fact]
    public void After_the_cable_was_pulled_at_any_moment_the_next_session_works_and_the_target_runs()
    {
        var chain = new Chain();
        var random = new Random(2);
        for (int i = 0; i < Times; i++)
        {
            PlayPart(chain, random, s_sessions[i % s_sessions.Length]);
            chain.Host.Unplug();
            chain.Run((ulong)random.Next(1, 20) * Chain.Millisecond);
            chain.Plug();
            AssertRuns(chain, i);
            AssertWorks(chain);
        }
        chain.AssertClean();
    }

    /// <summary>Plays a session up to a random byte of it, some packets awaiting their answers, some not, and lets a random time pass.</summary>
    private static void PlayPart(Chain chain, Random random, string[] session)
    {
        var host = new RspHost(chain);
        // With acknowledgements, which a session's own qSupported brings back, or without.
        int first = random.Next(2);
        if (first == 1) host.Begin();
        else host.Open();
        int last = random.Next(first, session.Length);
        for (int i = first; i <= last; i++)
        {
            byte[] bytes = session[i] == "\x03" ? [3] : Rig.Frame(session[i]);
            if (i == last) bytes = bytes[..random.Next(bytes.Length + 1)];
            host.Send(bytes);
            bool runs = session[i].StartsWith("vCont", StringComparison.Ordinal);
            if (i < last && !runs && bytes[0] != 3) host.Answer(session[i]);
            else if (i < last) host.Idle((ulong)random.Next(300, 2000) * Chain.Microsecond);
        }
        chain.Run((ulong)random.Next(6000) * Chain.Microsecond);
    }

    private static void AssertRuns(Chain chain, int round) => Assert.True(chain.TargetRuns(), $"round {round}: the target stands still at 0x{chain.Target.Core.InstructionAddress:X8}");

    private static void AssertWorks(Chain chain)
    {
        var host = new RspHost(chain).Attached();
        byte[] start = Chain.Demo.Segments.First(s => s.Physical == 0x0800_0000).Data[..64].ToArray();
        Assert.Equal(Convert.ToHexStringLower(start), host.Ask("m8000000,40"));
        host.Close();
        chain.Run(5 * Chain.Millisecond);
    }
}
