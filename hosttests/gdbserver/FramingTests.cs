using System.Text;

namespace SharpProbe.Tests.GdbServing;

public class FramingTests
{
    [Fact]
    public void A_packet_is_acknowledged_and_answered()
    {
        var rig = new Rig(ack: true);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Poll();
        Assert.Equal("+$QC1#c5", rig.Output());
    }

    [Fact]
    public void A_wrong_checksum_is_refused_and_the_next_packet_is_answered()
    {
        var rig = new Rig(ack: true);
        rig.Line.Type("$qC#00"u8);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Poll();
        Assert.Equal("-+$QC1#c5", rig.Output());
    }

    [Fact]
    public void Without_acknowledgement_a_wrong_checksum_gets_an_error()
    {
        var rig = new Rig();
        rig.Line.Type("$qC#00"u8);
        rig.Poll();
        Assert.Equal(["E.wrong checksum"], Rig.Bodies(rig.Output()));
    }

    [Fact]
    public void A_refused_reply_is_sent_again_three_times()
    {
        var rig = new Rig(ack: true);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Poll();
        rig.Output();
        for (int i = 0; i < 3; i++)
        {
            rig.Line.Type("-"u8);
            rig.Poll();
            Assert.Equal("$QC1#c5", rig.Output());
        }
        rig.Line.Type("-"u8);
        rig.Poll();
        Assert.Equal("", rig.Output());
        Assert.Equal("QC1", rig.Ask("qC"));
    }

    [Fact]
    public void A_host_that_never_acknowledges_is_answered_all_the_same()
    {
        var rig = new Rig(ack: true);
        rig.AskAll("qRcmd," + Rig.Digits("targets"));
        for (int i = 0; i < 3; i++)
        {
            rig.Clock.Pass(1001);
            rig.Poll();
        }
        Assert.Equal("OK", Rig.Bodies(rig.Output())[^1]);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Clock.Pass(1001);
        rig.Poll();
        Assert.Equal(["QC1"], Rig.Bodies(rig.Output()));
    }

    [Fact]
    public void The_next_packet_counts_as_acknowledgement()
    {
        var rig = new Rig(ack: true);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Line.Type(Rig.Frame("qAttached"));
        rig.Poll();
        Assert.Equal(["QC1", "1"], Rig.Bodies(rig.Output()));
    }

    [Fact]
    public void A_new_packet_begins_wherever_a_dollar_stands()
    {
        var rig = new Rig();
        rig.Line.Type("$m20000000,$qXf#"u8);
        rig.Line.Type(Rig.Frame("qC"));
        rig.Poll();
        Assert.Equal(["QC1"], Rig.Bodies(rig.Output()));
    }

    [Fact]
    public void Noise_between_packets_is_passed_over()
    {
        var rig = new Rig();
        rig.Line.Type("noise\r\n\0#aa}"u8);
        Assert.Equal("QC1", rig.Ask("qC"));
    }

    [Fact]
    public void A_packet_longer_than_announced_gets_an_error_and_the_next_an_answer()
    {
        var rig = new Rig();
        Assert.Equal("E.packet is longer than PacketSize", rig.Ask("X20000000,5000:" + new string('a', 0x5000)));
        Assert.Equal("QC1", rig.Ask("qC"));
    }

    [Fact]
    public void A_packet_of_exactly_the_announced_size_is_taken()
    {
        var rig = new Rig();
        string head = "X20000000,ff0:";
        Assert.Equal("E.bad argument", rig.Ask(head + new string('a', 0x1000 - head.Length)));
        Assert.Equal("OK", rig.Ask("X20000000,ff0:" + new string('a', 0xFF0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Bytes_that_trickle_in_make_the_same_packet(int chunk)
    {
        var rig = new Rig();
        rig.Line.Chunk = chunk;
        byte[] data = new byte[256];
        for (int i = 0; i < 256; i++) data[i] = (byte)i;
        rig.Line.Type(Rig.Frame("X20000000,100:" + Rig.Escape(data)));
        rig.Poll(400);
        Assert.Equal(["OK"], Rig.Bodies(rig.Output()));
        Assert.Equal(data, rig.Target.Ram[..256]);
    }

    [Fact]
    public void A_host_that_stops_reading_gets_the_rest_when_it_reads_again()
    {
        var rig = new Rig();
        Random.Shared.NextBytes(rig.Target.Ram);
        rig.Line.Window = 100;
        rig.Line.Type(Rig.Frame("m20000000,800"));
        rig.Poll();
        Assert.Equal(0, rig.Line.Window);
        var all = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            all.Append(rig.Output());
            rig.Line.Window = 77;
            rig.Poll(1);
        }
        rig.Line.Window = int.MaxValue;
        all.Append(rig.Output());
        Assert.Equal([Convert.ToHexStringLower(rig.Target.Ram.AsSpan(0, 0x800))], Rig.Bodies(all.ToString()));
    }

    [Fact]
    public void A_host_that_reads_nothing_during_a_command_loses_text_and_no_time()
    {
        var rig = new Rig();
        rig.Line.Window = 10;
        rig.Background.Meanwhile = () => rig.Clock.Pass(10);
        for (int i = 0; i < 10; i++) rig.Line.Type(Rig.Frame("qRcmd," + Rig.Digits("help")));
        rig.Poll(100);
        Assert.InRange(rig.Background.Rounds, 0, 200);
        rig.Line.Window = int.MaxValue;
        rig.Line.Open = false;
        rig.Poll();
        rig.Line.Open = true;
        rig.Output();
        rig.Session.Attach(0);
        Assert.Equal("QC1", rig.Ask("qC"));
    }

    [Fact]
    public void A_new_gdb_on_a_port_that_was_never_closed_starts_with_acknowledgement()
    {
        var rig = new Rig();
        rig.Ask("vCont;c");
        rig.Line.Type("+"u8);
        rig.Line.Type(Rig.Frame("qSupported:swbreak+"));
        rig.Poll();
        Assert.StartsWith("+$PacketSize=1000;", rig.Output());
        Assert.Contains("detach", rig.Target.Log);
    }

    [Fact]
    public void A_packet_without_meaning_gets_an_empty_reply()
    {
        var rig = new Rig();
        foreach (string body in new[] { "vMustReplyEmpty", "QThreadEvents:1", "", "~", "Z9,0,0", "qOffsets", "vFile:open:00", "QNonStop:1" }) Assert.Equal("", rig.Ask(body));
    }
}
