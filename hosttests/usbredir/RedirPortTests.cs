using System.Net.Sockets;
using SharpProbe.Sim.Usb.Usbredir;
using SharpProbe.Tests.Remote;

namespace SharpProbe.Tests.Usbredir;

/// <summary>The adapter on a socket.</summary>
public sealed class RedirPortTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ExportRig _rig = new();
    private readonly List<string> _notes = [];

    public RedirPortTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.File("usb")));
        _listener.Listen(1);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact] public void A_peer_that_speaks_another_protocol_is_refused_with_a_message_and_the_next_one_is_served()
    {
        var (port, peer) = Connected();
        peer.Send("GET / HTTP/1.1\r\nHost: probe\r\n\r\n"u8);
        port.Pump();
        Assert.False(port.IsOpen);
        Assert.StartsWith("usbredir: refused: a packet of type 542393671 says", port.Ended);
        Assert.Equal([port.Ended!], _notes);
        AssertServed();
    }

    [Fact] public void A_peer_that_goes_in_the_middle_of_a_packet_leaves_the_device_to_the_next_one()
    {
        var (port, peer) = Connected();
        peer.Send([.. Hello(), 3, 0, 0, 0]);
        port.Pump();
        Assert.True(port.IsConnected);
        peer.Dispose();
        port.Pump();
        Assert.Equal("usbredir: the other side has closed the connection", port.Ended);
        AssertServed();
    }

    [Fact] public void A_peer_that_does_not_read_keeps_nobody_waiting_and_takes_no_more_memory()
    {
        var (port, peer) = Connected();
        peer.Send(Hello());
        byte[] asked = [100, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0x80, 0, 0, 2, 0, 0, 0xFF, 0];
        peer.Blocking = false;
        int taken = 0;
        for (int i = 0; i < 3000; i++)
        {
            if (peer.Send(asked, SocketFlags.None, out var error) == asked.Length && error == SocketError.Success) taken++;
            if (i % 50 != 0) continue;
            port.Pump();
            _rig.Run(1);
        }
        Assert.InRange(taken, 100, 3000);
        Assert.True(port.IsOpen || port.Ended!.Contains("requests wait"), port.Ended);
        port.Dispose();
        AssertServed();
    }

    private (RedirPort Port, Socket Peer) Connected()
    {
        var port = RedirPort.Connect(_rig.Exported, _folder.File("usb"), _notes.Add);
        return (port, _listener.Accept());
    }

    private static byte[] Hello() => [0, 0, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0, .. RedirGuest.Hello("test"), 0xFF, 0, 0, 0];

    private void AssertServed()
    {
        var (port, peer) = Connected();
        using (port)
        using (peer)
        {
            peer.Send(Hello());
            port.Pump();
            Assert.True(port.IsConnected);
            _rig.AssertInStep();
        }
    }
}
