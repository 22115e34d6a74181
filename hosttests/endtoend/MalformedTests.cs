using SharpProbe.Sim;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>What a broken host or a broken program might send to the probe's own firmware.</summary>
public class MalformedTests
{
    private const int Sessions = 40, PiecesInSession = 50, Requests = 1000;

    [Fact]
    public void Random_packets_at_the_gdb_port_leave_a_probe_that_answers()
    {
        var chain = new Chain();
        var random = new Random(3);
        var fuzzer = new PacketFuzzer(random);
        for (int i = 0; i < Sessions; i++)
        {
            var host = new RspHost(chain);
            if (i % 2 == 0) host.Attached();
            else host.Begin();
            for (int j = 0; j < PiecesInSession; j++)
            {
                host.Send(fuzzer.Next());
                chain.Run((ulong)random.Next(400) * Chain.Microsecond);
                chain.Port.ReadAll();
            }
            host.Close(drain: false);
            chain.Run(20 * Chain.Millisecond);
            chain.Port.ReadAll();
            if (chain.Target.Stopped is not null) chain.Target.SystemReset();       // garbage was executed there
        }
        chain.Target.SystemReset();
        new RspHost(chain).Attached();
        Assert.Equal("", string.Join("\n", chain.Host.Findings.All));
    }

    [Theory]
    [InlineData("stlinkv3mini", UsbSpeed.High)]
    [InlineData("stlinkv3mini", UsbSpeed.Full)]
    [InlineData("devebox_h743", UsbSpeed.Full)]
    public void A_USB_examination_finds_nothing_and_gdb_is_served_afterwards(string board, UsbSpeed speed)
    {
        var chain = new Chain(speed: speed, board: board);
        Complete(chain, new UsbExamination(chain.Host).Run());
        chain.AssertClean();
        new RspHost(chain).Attached();
    }

    [Theory]
    [InlineData("stlinkv3mini", UsbSpeed.High)]
    [InlineData("stlinkv3mini", UsbSpeed.Full)]
    [InlineData("devebox_h743", UsbSpeed.Full)]
    public void Random_USB_requests_all_end_and_gdb_is_served_afterwards(string board, UsbSpeed speed)
    {
        var chain = new Chain(speed: speed, board: board);
        Complete(chain, new UsbFuzz(chain.Host, 4).Run(Requests));
        chain.AssertClean();
        new RspHost(chain).Attached();
    }

    private static void Complete(Chain chain, HostTask<bool> task)
    {
        for (ulong end = chain.Machine.Time.Now + 60 * TimeBase.Second; !task.IsCompleted && chain.Machine.Time.Now < end;) chain.Run(Chain.Millisecond);
        Assert.True(task.IsCompleted, "it does not end");
    }
}
