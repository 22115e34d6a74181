using SharpProbe.Io;
using SharpProbe.Trace;

namespace SharpProbe.Usb.Dap;

/// <summary>
/// The endpoint that streams SWO: full packets as they fill, each from the interrupt of the one before; the rest when it is 2 ms old. A host that does not fetch loses trace, and nothing waits for it.
/// </summary>
public sealed class SwoStream(UsbController controller, TraceCapture capture, Clock clock)
{
    private const byte Endpoint = FunctionEndpoints.SwoIn;
    private const uint Flush = 2;

    private int _size;
    private uint _sentAt;
    private bool _open, _sending, _endWithEmpty;

    /// <summary>The main loop and long jobs call this.</summary>
    public void Poll()
    {
        if (!_open || _sending || !capture.Streaming) return;
        uint state = controller.Enter();
        SendNext(clock.Milliseconds - _sentAt >= Flush);
        controller.Leave(state);
    }

    internal void Open(int packet)
    {
        _size = packet;
        (_open, _sending, _endWithEmpty) = (true, false, false);
    }

    internal void Close() => _open = _sending = false;

    internal void OnSent()
    {
        _sending = false;
        SendNext(flush: false);
    }

    private void SendNext(bool flush)
    {
        if (_sending || !_open || !capture.Streaming) return;
        var oldest = capture.Oldest;
        int waiting = capture.Waiting, count = waiting < _size ? waiting : _size;
        if (count < _size && !flush || count == 0 && !_endWithEmpty) return;
        (_endWithEmpty, _sending, _sentAt) = (count == _size, true, clock.Milliseconds);
        if (oldest.Length >= count)
        {
            controller.Send(Endpoint, oldest[..count]);
            capture.Take(count);
            return;
        }
        count = capture.Read(new(controller.Packet, 0, count));
        controller.Send(Endpoint, new(controller.Packet, 0, count));
    }
}
