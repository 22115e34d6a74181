using System.Net;
using System.Net.Sockets;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Ip;

/// <summary>
/// Offers a simulated device over USB/IP (Linux, Documentation/usb/usbip_protocol.rst) as bus id 1-1: "usbip attach -r 127.0.0.1 -b 1-1" makes it a device of that machine.
/// One host at a time has it. Peers that break the rules lose their connection, with a note.
/// </summary>
public sealed class UsbIpServer : IRemotePort
{
    public const int DefaultPort = 3240;
    private const int MostPeers = 8;

    private readonly TcpListener _listener;
    private readonly List<UsbIpPeer> _peers = [];
    private readonly Action<string> _note;

    /// <param name="port">0: any that is free.</param>
    /// <param name="address">Default: the loopback interface. USB/IP knows no passwords.</param>
    /// <param name="note">Told who comes, who goes and who is refused.</param>
    public UsbIpServer(ExportedDevice device, int port = DefaultPort, IPAddress? address = null, Action<string>? note = null)
    {
        (Device, _note) = (device, note ?? (_ => { }));
        _listener = new(address ?? IPAddress.Loopback, port);
        _listener.Start();
        Address = (IPEndPoint)_listener.LocalEndpoint;
        device.Gone += DeviceGone;
    }

    public IPEndPoint Address { get; }

    /// <summary>What is typed to attach the device, on Linux and with usbip-win2.</summary>
    public string Command => $"usbip{(Address.Port == DefaultPort ? "" : $" --tcp-port {Address.Port}")} attach -r {(Address.Address.Equals(IPAddress.Any) ? "HOST" : Address.Address)} -b {UsbIpExport.BusId}";

    /// <summary>Real time for a request before a device is attached: a tool sends its own at once.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    public bool IsAttached => Importer is not null;

    internal ExportedDevice Device { get; }
    internal UsbIpPeer? Importer => _peers.Find(p => p.HasDevice);

    public bool Pump()
    {
        bool any = false;
        while (_listener.Pending()) any |= Accept();
        // The oldest first: one that lets go of the device makes room for the next.
        for (int i = 0; i < _peers.Count;)
        {
            var peer = _peers[i];
            any |= Pump(peer);
            if (i < _peers.Count && _peers[i] == peer) i++;
        }
        return any;
    }

    public bool Wait(int milliseconds)
    {
        var sockets = _peers.Select(p => p.Line.Socket).Append(_listener.Server).ToList();
        Socket.Select(sockets, null, null, milliseconds * 1000);
        return sockets.Count > 0;
    }

    public void Dispose()
    {
        Device.Gone -= DeviceGone;
        foreach (var peer in _peers) peer.Dispose();
        _peers.Clear();
        _listener.Dispose();
    }

    internal void Note(UsbIpLine line, string text) => _note($"USB/IP, {line.Name}: {text}");

    private bool Accept()
    {
        var line = new UsbIpLine(_listener.AcceptSocket());
        if (_peers.Count < MostPeers)
        {
            _peers.Add(new(this, line));
            return true;
        }
        Note(line, $"refused: {MostPeers} connections are open");
        line.Dispose();
        return false;
    }

    private bool Pump(UsbIpPeer peer)
    {
        try
        {
            bool any = peer.Pump();
            if (peer.Line.Ended) End(peer, peer.HasDevice ? "has detached the device" : null);
            return any;
        }
        catch (UsbIpRefusal refusal)
        {
            End(peer, $"closed: {refusal.Message}");
        }
        catch (SocketException error)
        {
            End(peer, error.Message);
        }
        return false;
    }

    private void End(UsbIpPeer peer, string? why)
    {
        _peers.Remove(peer);
        if (why is not null) Note(peer.Line, why);
        peer.Dispose();
        // The next one finds a device without traces of this one.
        if (peer.HasDevice) Device.Reset();
    }

    private void DeviceGone()
    {
        if (Importer is not { } importer) return;
        importer.Line.Send();
        End(importer, "closed: the device is gone");
    }
}
