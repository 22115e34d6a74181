using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public class CdcPortTests
{
    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + i / 256))];

    [Fact] public void Open_raises_DTR_and_RTS_and_close_drops_them()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        Assert.Equal(3, bench.Device.LineState);
        port.Close();
        bench.Run(CableBench.Millisecond);
        Assert.Equal(0, bench.Device.LineState);
    }

    [Theory]
    [InlineData(UsbSpeed.High, 1)]
    [InlineData(UsbSpeed.High, 512)]
    [InlineData(UsbSpeed.High, 5000)]
    [InlineData(UsbSpeed.Full, 64)]
    [InlineData(UsbSpeed.Full, 5000)]
    public void What_is_written_comes_back(UsbSpeed speed, int length)
    {
        var bench = new CableBench(speed);
        var port = bench.Opened();
        bench.Device.Echo = true;
        byte[] sent = Pattern(length);
        port.Write(sent);
        bench.Run(20 * CableBench.Millisecond);
        Assert.Equal(sent, port.ReadAll());
        Assert.Equal((length, length, length, length), (port.BytesWritten, port.BytesSent, port.BytesReceived, port.BytesRead));
        Assert.Equal([], bench.Findings);
    }

    [Fact] public void Lost_handshakes_lose_and_double_nothing()
    {
        var bench = new CableBench();
        bench.Host.Faults = new(1);
        var port = bench.Opened();
        bench.Device.Echo = true;
        bench.Host.Faults.HandshakeLoss = 0.2;
        byte[] sent = Pattern(50_000);
        port.Write(sent);
        bench.Run(100 * CableBench.Millisecond);
        Assert.Equal(sent, port.ReadAll());
        Assert.Equal([], bench.Findings);
        Assert.True(bench.Host.Faults.Lost > 20);
        Assert.True(bench.Device.WrongToggles > 0);
    }

    [Fact] public void A_program_that_stops_reading_stops_the_device_and_gets_everything_later()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        port.Stalled = true;
        byte[] sent = Pattern(100_000);
        bench.Device.Send(sent);
        bench.Run(50 * CableBench.Millisecond);
        Assert.Equal(16 * 1024, port.Available);
        var all = new List<byte>(port.ReadAll());
        port.Stalled = false;
        for (int i = 0; i < 20; i++)
        {
            bench.Run(CableBench.Millisecond);
            all.AddRange(port.ReadAll());
        }
        Assert.Equal(sent, all);
    }

    [Fact] public void Thirteen_packets_of_512_bytes_pass_in_a_microframe()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        bench.Device.Send(new byte[1 << 20]);
        bench.Host.Log = new();
        ulong end = bench.Time.Now + 30 * CableBench.Millisecond;
        while (bench.Time.Now < end)
        {
            bench.Run(100 * CableBench.Microsecond);
            port.ReadAll();
        }
        var perFrame = bench.Host.Log.Packets.Where(p => p.Data.Length == 512).GroupBy(p => p.Time / (125 * CableBench.Microsecond)).Select(g => g.Count());
        Assert.InRange(perFrame.Max(), 13, 14);         // the host's frames begin elsewhere than the groups
        Assert.InRange((port.LastReceived - port.FirstReceived) / 1e15, (1 << 20) / 53.3e6 * 0.98, (1 << 20) / 53.3e6 * 1.02);
    }

    [Fact] public void A_round_trip_costs_the_latencies_and_little_more()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        bench.Device.Echo = true;
        port.ResetTimes();
        port.Write("$g#67"u8);
        bench.Run(CableBench.Millisecond);
        Assert.InRange(port.LastReceived - port.FirstWritten, 100 * CableBench.Microsecond, 110 * CableBench.Microsecond);
    }

    [Fact] public void A_device_that_takes_nothing_costs_hardly_any_events()
    {
        var bench = new CableBench();
        bench.Device.HoldOut = true;
        var port = bench.Opened();
        bench.Host.Log = new();
        port.Write([1]);
        bench.Run(100 * CableBench.Millisecond);
        Assert.InRange(bench.Host.Log.Packets.Count(), 1, 60);
        bench.Device.HoldOut = false;
        bench.Device.Say(1);
        bench.Run(CableBench.Millisecond);
        Assert.Equal(1, port.BytesSent);
        Assert.Equal([], bench.Findings);
    }

    [Fact] public void The_port_object_survives_unplugging()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        port.Write(new byte[100_000]);
        bench.Run(CableBench.Millisecond);
        bench.Host.Unplug();
        Assert.False(port.IsOpen);
        Assert.False(port.IsBound);
        bench.Run(CableBench.Millisecond);
        bench.Plugged();
        Assert.Same(port, bench.Port);
        port.Open();
        bench.Device.Echo = true;
        port.Write("again"u8);
        bench.Run(CableBench.Millisecond);
        Assert.Equal("again"u8.ToArray(), port.ReadAll());
        Assert.Equal([], bench.Findings);
    }

    [Fact] public void Suspend_and_resume_lose_nothing()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        bench.Device.Echo = true;
        bench.Host.Suspend();
        bench.Run(10 * CableBench.Millisecond);
        Assert.Equal(1, bench.Device.Suspends);
        port.Write("later"u8);
        bench.Run(10 * CableBench.Millisecond);
        Assert.Equal(0, port.Available);
        bench.Host.Resume();
        bench.Run(50 * CableBench.Millisecond);
        Assert.Equal("later"u8.ToArray(), port.ReadAll());
    }

    [Fact] public void Closing_sends_what_was_written_before_DTR_drops()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        port.Write(Pattern(30_000));
        port.Close();
        bench.Run(10 * CableBench.Millisecond);
        Assert.Equal(Pattern(30_000), bench.Device.Received);
        Assert.Equal(0, bench.Device.LineState);
    }
}
