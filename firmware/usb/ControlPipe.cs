using System;

namespace SharpProbe.Usb;

/// <summary>
/// Endpoint 0: the stages of a control transfer (USB 2.0, 8.5.3). A SETUP ends whatever went before. The host's wLength bounds what is sent and is never trusted for what is received.
/// </summary>
/// <param name="capacity">Bytes of the longest data stage.</param>
public sealed class ControlPipe(UsbController controller, int capacity)
{
    private enum Stage : byte { Idle, DataIn, DataOut, StatusIn, StatusOut }

    private const byte In = 0x80, Out = 0;

    private readonly byte[] _buffer = new byte[capacity];
    private Stage _stage;
    private int _length, _done;
    private bool _endWithEmpty, _sending;

    /// <summary>Data of the OUT stage, when it is complete.</summary>
    public ReadOnlySpan<byte> Received => _buffer.AsSpan(0, _length);

    /// <summary>No control transfer is under way.</summary>
    public bool IsIdle => _stage == Stage.Idle && !_sending;

    /// <summary>Room for the answer to a request.</summary>
    public Span<byte> Buffer => _buffer;

    public void Reset()
    {
        _stage = Stage.Idle;
        _sending = false;
    }

    /// <summary>A SETUP arrived.</summary>
    public void Begin()
    {
        if (_sending) controller.Abort(In);
        Reset();
    }

    /// <summary>Sends so many bytes of <see cref="Buffer"/>, at most what the host asked for.</summary>
    public void Reply(int length, int asked)
    {
        _length = Math.Min(length, asked);
        _done = 0;
        _endWithEmpty = _length < asked && _length % UsbController.ControlPacket == 0;
        _stage = Stage.DataIn;
        SendNext();
    }

    /// <summary>Receives the data stage; a length that does not fit is refused.</summary>
    public void Receive(int length)
    {
        if (length > _buffer.Length)
        {
            Stall();
            return;
        }
        (_length, _done, _stage) = (length, 0, Stage.DataOut);
        controller.Accept(Out);
    }

    /// <summary>The status stage of a request without data to the host.</summary>
    public void Acknowledge()
    {
        _stage = Stage.StatusIn;
        _sending = true;
        controller.Send(In, default);
    }

    public void Stall()
    {
        _stage = Stage.Idle;
        controller.Halt(In, true);
        controller.Halt(Out, true);
    }

    /// <summary>A packet went out.</summary>
    public void OnSent()
    {
        _sending = false;
        if (_stage != Stage.DataIn)
        {
            _stage = Stage.Idle;
            return;
        }
        if (_done < _length || _endWithEmpty) SendNext();
        else
        {
            _stage = Stage.StatusOut;
            controller.Accept(Out);
        }
    }

    /// <summary>A packet came in. True: the data stage is complete.</summary>
    public bool OnReceived(ReadOnlySpan<byte> packet)
    {
        if (_stage != Stage.DataOut)
        {
            // The status stage; early where the host has heard enough.
            if (_sending) controller.Abort(In);
            Reset();
            return false;
        }
        if (packet.Length > _length - _done)
        {
            Stall();
            return false;
        }
        packet.CopyTo(_buffer.AsSpan(_done));
        _done += packet.Length;
        if (_done == _length) return true;
        if (packet.Length < UsbController.ControlPacket) Stall();     // fewer bytes than announced
        else controller.Accept(Out);
        return false;
    }

    private void SendNext()
    {
        int count = Math.Min(_length - _done, UsbController.ControlPacket);
        if (count < UsbController.ControlPacket) _endWithEmpty = false;
        _sending = true;
        controller.Send(In, _buffer.AsSpan(_done, count));
        _done += count;
    }
}
