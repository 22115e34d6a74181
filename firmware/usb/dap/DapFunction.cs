using System;
using SharpProbe.Dap;
using SharpProbe.Io;

namespace SharpProbe.Usb.Dap;

/// <summary>
/// CMSIS-DAP over a pair of endpoints: a packet in, a response out, in order. Requests wait in slots, and none is let in where none is free. What a session left behind never reaches the next: a reset of
/// the bus, a configuration, an alternate setting or the end of a halt drop it, and so does a request that comes when a response has waited too long for anybody to be there.
/// </summary>
/// <param name="outEndpoint">Address; requests.</param>
/// <param name="inEndpoint">Address; responses.</param>
/// <param name="room">Bytes for requests that wait: so many packets as fit, at either speed.</param>
/// <param name="most">More are not promised.</param>
public abstract class DapFunction(UsbController controller, DapServer server, Clock clock, byte outEndpoint, byte inEndpoint, int room, int most) : UsbFunction
{
    private const int LargestPacket = 512;

    /// <summary>No host that waits for a response waits so long, in ms.</summary>
    private const uint Abandoned = 3000;

    private readonly byte[] _requests = new byte[room];
    private readonly ushort[] _lengths = new ushort[most];
    private readonly byte[] _response = new byte[LargestPacket];
    private int _slots = 1, _slotSize = LargestPacket, _first, _count, _responseLength;
    private int _aborted;                                    // how many of the requests, from the oldest, an abort came behind
    private uint _session, _sentAt;
    private bool _open, _accepting, _sending;
    private volatile bool _ended;

    /// <summary>Bytes of the largest packet at this speed.</summary>
    protected int PacketSize => Endpoints[0].Packet(controller.HighSpeed);

    /// <summary>Requests that it holds.</summary>
    public int Slots => _slots;

    /// <summary>There is nothing to do until an interrupt comes.</summary>
    public bool Idle => _count == 0 || _responseLength != 0;

    /// <summary>Responses have the full length of a packet.</summary>
    protected abstract bool Padded { get; }

    /// <summary>Answers the oldest request; the main loop calls this.</summary>
    public void Poll()
    {
        if (_ended)
        {
            _ended = false;
            server.End();
        }
        if (_count == 0) server.Rest();
        if (_count == 0 || _responseLength != 0 || AllWait()) return;
        int size = PacketSize;
        Span<byte> response = _response.AsSpan(0, size);
        uint state = controller.Enter();
        uint session = _session;
        int slot = _first;
        bool gone = _count == 0;
        server.Begin(_aborted > 0);
        controller.Leave(state);
        if (gone) return;
        int length = server.Answer(Request(slot), response);
        if (Padded && length != 0)
        {
            response[length..].Clear();
            length = size;
        }
        state = controller.Enter();
        if (session == _session)
        {
            _first = (_first + 1) % _slots;
            _count--;
            if (_aborted > 0) _aborted--;
            _responseLength = length;
            SendNext();
            AcceptIfRoom();
        }
        controller.Leave(state);
    }

    public override void OnOpened()
    {
        _open = true;
        _slotSize = PacketSize;
        server.PacketCount = _slots = Math.Min(room / _slotSize, most);
        AcceptIfRoom();
    }

    public override void OnBusLost()
    {
        _open = _accepting = _sending = false;
        Forget();
    }

    public override void OnReceived(byte endpoint, ReadOnlySpan<byte> packet)
    {
        _accepting = false;
        Take(packet);
    }

    public override void OnReady(byte endpoint)
    {
        _accepting = false;
        AcceptIfRoom();
    }

    public override void OnSent(byte endpoint)
    {
        if (endpoint != inEndpoint) return;
        bool late = _sending && clock.Milliseconds - _sentAt >= Abandoned;
        _sending = false;
        // Fetched by the next host, who reads until nothing comes: what waits behind it is not for that one either.
        if (late) Restart();
        SendNext();
        AcceptIfRoom();
    }

    public override void OnUnhalted(byte endpoint)
    {
        if (endpoint != inEndpoint && endpoint != outEndpoint) return;
        Restart();
        AcceptIfRoom();
    }

    /// <summary>Queues a request that came by another way than the OUT endpoint, which keeps the slot of the packet that it lets in; false: there is no room.</summary>
    protected bool TryTake(ReadOnlySpan<byte> packet)
    {
        DropAbandoned();
        return _count + (_accepting ? 1 : 0) < _slots && Take(packet);
    }

    /// <summary>An empty packet only ends a transfer of whole ones.</summary>
    private bool Take(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return true;
        if (server.TryAbort(packet))
        {
            // Those that wait came before it: they count as at work.
            _aborted = _count;
            return true;
        }
        DropAbandoned();
        if (_count == _slots || packet.Length > _slotSize) return false;
        int slot = (_first + _count) % _slots;
        packet.CopyTo(_requests.AsSpan(slot * _slotSize));
        _lengths[slot] = (ushort)packet.Length;
        _count++;
        return true;
    }

    /// <summary>Empty where an interrupt has just begun a session at another speed.</summary>
    private ReadOnlySpan<byte> Request(int slot)
    {
        int start = slot * _slotSize, length = _lengths[slot];
        return start + length <= room ? _requests.AsSpan(start, length) : default;
    }

    private void DropAbandoned()
    {
        if (_sending && clock.Milliseconds - _sentAt >= Abandoned) Restart();
    }

    /// <summary>Requests that wait are held until one comes that does not, or there is no room for it.</summary>
    private bool AllWait()
    {
        int count = _count;
        for (int i = 0; i < count; i++)
        {
            int slot = (_first + i) % _slots;
            if (!server.Waits(Request(slot))) return false;
        }
        return count < _slots;
    }

    private void Restart()
    {
        if (_sending) controller.Abort(inEndpoint);
        _sending = false;
        Forget();
    }

    private void Forget()
    {
        _session++;
        _ended = true;
        server.Abort();
        _first = _count = _responseLength = _aborted = 0;
    }

    private void SendNext()
    {
        if (_sending || !_open || _responseLength == 0) return;
        _sending = true;
        _sentAt = clock.Milliseconds;
        controller.Send(inEndpoint, _response.AsSpan(0, _responseLength));
        _responseLength = 0;
    }

    private void AcceptIfRoom()
    {
        if (_accepting || !_open || _count == _slots) return;
        _accepting = true;
        controller.Accept(outEndpoint);
    }
}
