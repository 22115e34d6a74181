using System;
using System.Threading;
using SharpProbe.Io;

namespace SharpProbe.Usb.Cdc;

/// <summary>
/// A CDC serial port as a stream. Bytes pass in rings, which the controller fills and empties itself; as many OUT packets are let in as fit, so the host hears NAK instead of losing anything. A transfer to the host ends with
/// a short packet. When DTR drops, what was under way either way is forgotten, and <see cref="Connected"/> stays false until <see cref="Read"/> has said so once by returning 0,
/// even if the next session has begun by then: nobody misses an end.
/// </summary>
/// <param name="fromHost">Bytes that wait to be read: a packet at least, a power of two.</param>
/// <param name="toHost">Bytes that wait to be fetched, likewise.</param>
public sealed class CdcPort(UsbController controller, int number, int fromHost, int toHost) : ByteStream
{
    private const int DtrBit = 1;

    /// <summary>Packets let in at once.</summary>
    private const int MostPackets = 8;

    private readonly ByteRing _received = new(fromHost), _toSend = new(toHost);
    private int _packetSize;
    private uint _endMark, _requestMark;
    private bool _open, _dtr, _ended, _accepting, _sending, _endWithEmpty, _notifying, _suspended;

    public LineCoding Coding { get; private set; } = LineCoding.Default;

    /// <summary>Counts changes of <see cref="Coding"/>: who drives a real line compares.</summary>
    public uint CodingVersion { get; private set; }

    /// <summary>The break that the host asked for last, in ms; 0xFFFF: until told otherwise.</summary>
    public ushort BreakAsked { get; private set; }

    /// <summary>Counts requests for a break.</summary>
    public uint BreakVersion { get; private set; }

    /// <summary>Bytes to read that came before the last request for a line coding or a break.</summary>
    public int BeforeRequest => _ended ? 0 : _received.CountBefore(_requestMark);

    public override bool Connected => _open && _dtr && !_ended && !_suspended;

    /// <summary>bInterfaceNumber of its control interface, for notifications.</summary>
    internal byte Interface { get; set; }

    /// <summary>DTR is on.</summary>
    internal bool Dtr => _dtr;

    public override int Available => _ended ? 0 : _received.Count;

    /// <summary><see cref="Read"/> has something to say: bytes, or the end of a session.</summary>
    internal bool Pending => _ended || _received.Count != 0;

    public override int Room => Connected ? _toSend.Room : 0;

    public override int Read(Span<byte> destination)
    {
        if (_ended)
        {
            _received.Skip(_endMark);
            _ended = false;
            Accept();
            return 0;
        }
        int count = _received.Read(destination);
        if (count != 0) Accept();
        return count;
    }

    /// <summary>What <see cref="Read"/> would return, as far as it lies in one piece: for who passes it on. <see cref="Take"/> lets go of it.</summary>
    public ReadOnlySpan<byte> Oldest => _ended ? default : _received.Oldest;

    /// <summary>Done with so many bytes.</summary>
    public void Take(int count)
    {
        _received.Take(count);
        Accept();
    }

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        if (!Connected) return 0;
        int count = _toSend.Write(bytes);
        if (_sending) return count;
        uint state = controller.Enter();
        SendNext();
        controller.Leave(state);
        return count;
    }

    internal void Open()
    {
        _packetSize = UsbEndpoint.Bulk(CdcFunction.Out(number)).Packet(controller.HighSpeed);
        _open = true;
        AcceptIfRoom();
    }

    /// <summary>Bus reset or another configuration: the endpoints are gone.</summary>
    internal void OnBusLost()
    {
        EndSession();
        _open = _dtr = _accepting = _sending = _notifying = _suspended = false;
    }

    /// <summary>The cable is gone, and a reset comes next, or the host sleeps, and goes on later with its DTR as it was.</summary>
    internal void OnSuspend()
    {
        EndSession();
        _suspended = true;
    }

    internal void OnResume() => _suspended = false;

    internal void OnControlLines(ushort lines)
    {
        bool dtr = (lines & DtrBit) != 0;
        if (_dtr && !dtr)
        {
            EndSession();
            if (_sending) controller.Abort(CdcFunction.In(number));
            _sending = false;
            AcceptIfRoom();
        }
        else if (dtr && !_dtr) NotifyState();
        _dtr = dtr;
    }

    internal bool OnLineCoding(LineCoding coding)
    {
        if (coding.Is(Coding)) return true;
        Coding = coding;
        _requestMark = _received.Mark;
        CodingVersion++;
        return true;
    }

    internal void OnBreak(ushort milliseconds)
    {
        BreakAsked = milliseconds;
        _requestMark = _received.Mark;
        BreakVersion++;
    }

    internal void OnReceived(byte endpoint, ReadOnlySpan<byte> packet)
    {
        if (endpoint == CdcFunction.Out(number)) _received.Write(packet);
    }

    /// <summary>In the ring, unless the packet would lie around its end.</summary>
    internal Span<byte> Place(int length)
    {
        Span<byte> place = _received.Place;
        return place.Length >= length ? place[..length] : default;
    }

    internal void OnPlaced(int length) => _received.Commit(length);

    internal void OnReady(byte endpoint)
    {
        if (endpoint != CdcFunction.Out(number)) return;
        _accepting = false;
        AcceptIfRoom();
    }

    internal void OnSent(byte endpoint)
    {
        if (endpoint == CdcFunction.Notify(number)) _notifying = false;
        if (endpoint != CdcFunction.In(number)) return;
        _sending = false;
        SendNext();
    }

    internal void OnUnhalted(byte endpoint)
    {
        if (endpoint == CdcFunction.Out(number)) AcceptIfRoom();
    }

    private void EndSession()
    {
        if (_dtr) _ended = true;
        _endMark = _received.Mark;
        _toSend.Skip();
        _endWithEmpty = false;
    }

    /// <summary>There may be room now.</summary>
    private void Accept()
    {
        if (_accepting) return;
        uint state = controller.Enter();
        AcceptIfRoom();
        controller.Leave(state);
    }

    /// <summary>SERIAL_STATE (PSTN 1.2, 6.5.4): DCD and DSR are on, and stay so. The one that a host has not fetched yet says the same as the next would.</summary>
    private void NotifyState()
    {
        if (_notifying || !_open) return;
        _notifying = true;
        controller.Send(CdcFunction.Notify(number), [0xA1, CdcRequest.SerialState, 0, 0, Interface, 0, 2, 0, 3, 0]);
    }

    private void AcceptIfRoom()
    {
        if (_accepting || !_open) return;
        int room = _received.Room, packets = 0;
        for (; packets < MostPackets && room >= _packetSize; room -= _packetSize) packets++;
        if (packets == 0) return;
        _accepting = true;
        controller.Accept(CdcFunction.Out(number), packets);
    }

    private void SendNext()
    {
        if (_sending || !_open || !_dtr) return;
        ReadOnlySpan<byte> oldest = _toSend.Oldest;
        bool inOnePiece = oldest.Length >= _packetSize || oldest.Length == _toSend.Count;
        int count = inOnePiece ? Math.Min(oldest.Length, _packetSize) : _toSend.Read(controller.Packet.AsSpan(0, _packetSize));
        if (count == 0 && !_endWithEmpty) return;
        _endWithEmpty = count == _packetSize;
        _sending = true;
        controller.Send(CdcFunction.In(number), inOnePiece ? oldest[..count] : controller.Packet.AsSpan(0, count));
        if (inOnePiece) _toSend.Take(count);
    }
}
