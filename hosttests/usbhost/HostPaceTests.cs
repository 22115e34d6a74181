using System.Diagnostics;
using System.Net.Sockets;
using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public sealed class HostPaceTests : IDisposable
{
    private readonly CableBench _bench = new();
    private readonly HostPace _pace;

    public HostPaceTests()
    {
        _bench.Device.Echo = true;
        _pace = new(_bench.Host, until =>
        {
            _bench.Run(until - Math.Min(until, _bench.Time.Now));
            return true;
        });
        _bench.Plugged();
    }

    public void Dispose() => _pace.Dispose();

    /// <summary>Rounds until something is so; 5 s of real time at most.</summary>
    private void Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < 5, "it does not come");
            _pace.Round();
        }
    }

    private static byte[] Exchange(Stream stream, byte[] bytes, Action<Func<bool>> until)
    {
        stream.Write(bytes);
        byte[] back = new byte[bytes.Length];
        var read = Task.Run(() => stream.ReadExactly(back));
        until(() => read.IsCompleted);
        read.GetAwaiter().GetResult();
        return back;
    }

    [Fact] public void A_program_on_a_TCP_port_opens_the_port_and_gets_its_bytes_back()
    {
        var peer = new TcpPeer(0);
        _pace.Connect(_bench.Port, peer);
        using (var client = new TcpClient("127.0.0.1", peer.Port))
        {
            byte[] bytes = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31))];
            Assert.Equal(bytes, Exchange(client.GetStream(), bytes, Until));
            Assert.Equal(3, _bench.Device.LineState);
        }
        Until(() => _bench.Device.LineState == 0);
        Assert.Equal([], _bench.Findings);
    }

    [Fact] public void A_program_on_a_pty_is_seen_to_open_and_close_it_and_to_come_again()
    {
        string link = Path.Combine(Path.GetTempPath(), $"sharpprobe-{Guid.NewGuid():N}", "gdb");
        using var peer = new PtyPeer(link);
        _pace.Connect(_bench.Port, peer);
        for (int i = 0; i < 3; i++)
        {
            for (int n = 0; n < 3; n++) _pace.Round();
            Assert.Equal(0, _bench.Device.LineState);
            using (var file = new FileStream(link, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))
            {
                byte[] bytes = [.. Enumerable.Range(0, 3000).Select(k => (byte)k)];
                Assert.Equal(bytes, Exchange(file, bytes, Until));
                Assert.Equal(3, _bench.Device.LineState);
            }
            Until(() => _bench.Device.LineState == 0);
        }
        Assert.Equal([], _bench.Findings);
    }

    [Fact] public void Unplugging_hangs_up_and_the_link_leads_to_the_next_connection()
    {
        string link = Path.Combine(Path.GetTempPath(), $"sharpprobe-{Guid.NewGuid():N}", "gdb");
        using var peer = new PtyPeer(link);
        _pace.Connect(_bench.Port, peer);
        using (var file = new FileStream(link, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))
        {
            Exchange(file, [1, 2, 3], Until);
            _bench.Host.Unplug();
            for (int n = 0; n < 3; n++) _pace.Round();
            Assert.Equal(0, file.Read(new byte[1]));
        }
        _bench.Plugged();
        using (var file = new FileStream(link, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))
            Assert.Equal(new byte[] { 4, 5 }, Exchange(file, [4, 5], Until));
    }

    [Fact] public void The_clock_stands_while_the_program_thinks()
    {
        var peer = new TcpPeer(0);
        _pace.Connect(_bench.Port, peer, new RspTurn());
        using var client = new TcpClient("127.0.0.1", peer.Port);
        _pace.Grace = TimeSpan.FromMilliseconds(500);
        var stream = client.GetStream();
        var program = Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                stream.Write("$g#67"u8);
                stream.ReadExactly(new byte[5]);
                Thread.Sleep(5);
            }
        });
        Until(() => program.IsCompleted);
        ulong spent = _bench.Port.LastReceived - _bench.Port.FirstWritten;
        Assert.InRange(spent, 1000 * CableBench.Microsecond, 1200 * CableBench.Microsecond);
    }
}
