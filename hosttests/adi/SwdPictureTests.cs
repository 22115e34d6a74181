using System.Xml.Linq;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.View;

namespace SharpProbe.Tests.Adi;

public class SwdPictureTests
{
    private readonly SwdBench _bench = new();

    private SwdCapture Capture(Func<SwdTransfer, bool> wanted, Action<SwdHost> drive)
    {
        _bench.Host.Connect();
        var capture = new SwdCapture(_bench.Port, _bench.Swclk, _bench.Swdio, wanted);
        drive(_bench.Host);
        return capture;
    }

    private static List<string> Texts(SwdCapture capture) => XDocument.Parse(SwdPicture.Draw(capture)).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();

    [Fact] public void Read_shows_all_its_fields()
    {
        var texts = Texts(Capture(t => t.Register == SwdRegister.Rdbuff, host =>
        {
            host.WriteMemory(RamBus.Start, 0x8000_0001);
            host.ReadMemory(RamBus.Start);
            host.Idle();
        }));
        Assert.Contains("SWD read, DP RDBUFF = 0x80000001; SWCLK 10 MHz", texts);
        foreach (string field in new[] { "Start", "APnDP", "RnW", "A[2]", "A[3]", "Stop", "Park", "ACK OK", "Data 0x80000001" }) Assert.Contains(field, texts);
        Assert.Equal(2, texts.Count(t => t == "Turnaround"));
        Assert.Equal(2, texts.Count(t => t == "Parity"));
    }

    [Fact] public void Write_is_drawn_although_the_clock_stops_behind_its_data()
    {
        var texts = Texts(Capture(t => t.Register == SwdRegister.Tar, host => host.WriteAp(4, RamBus.Start)));
        Assert.Contains("Data 0x20000000", texts);
        Assert.Contains(texts, t => t.StartsWith("46 clocks, 4600 ns"));
    }

    [Fact] public void Refused_transfer_has_no_data()
    {
        var texts = Texts(Capture(t => t.Ack == SwdAck.Wait, host =>
        {
            _bench.Port.Faults.Wait(1);
            host.Write(true, 4, 0);
        }));
        Assert.Contains("ACK WAIT", texts);
        Assert.DoesNotContain(texts, t => t.StartsWith("Data"));
    }

    [Fact] public void Capture_lets_go_of_the_wires_behind_its_transfer()
    {
        var capture = Capture(t => t.Register == SwdRegister.Tar, host => host.WriteAp(4, RamBus.Start));
        _bench.Host.Idle(20);
        int kept = capture.Changes.Count;
        _bench.Host.Idle(20);
        Assert.Equal(kept, capture.Changes.Count);
    }
}
