using System;
using SharpProbe.Io;

namespace SharpProbe.Gdb;

/// <summary>
/// Sends packets as fast as the host takes them and never waits: console text first, as 'O' packets, then the reply. With acknowledgement one packet is under way at a time; a host that
/// says '-' gets it again, one that says nothing is no reason to stop.
/// </summary>
public sealed class PacketSender(ByteStream port, Clock clock, int capacity)
{
    /// <summary>Times that a packet is sent again.</summary>
    private const int Retries = 3;

    /// <summary>How long to wait for '+', in ms. After that the packet counts as received.</summary>
    private const uint AckLimit = 1000;

    /// <summary>Bytes of text in one 'O' packet.</summary>
    private const int TextInPacket = 125;

    private enum Flight : byte { None, Console, Reply }

    private readonly PacketFrame _console = new(1 + TextInPacket * 2);
    private readonly byte[] _text = new byte[256];      // who has more to say waits until the host has taken some
    private int _textStart, _textEnd;
    private Flight _flight;
    private int _position;              // in the frame under way
    private uint _sentAt;
    private int _retries;
    private bool _replyReady;
    private byte _token;

    /// <summary>The reply's frame: to be filled while <see cref="Idle"/>.</summary>
    public PacketFrame Reply { get; } = new(capacity);

    /// <summary>QStartNoAckMode: nothing is acknowledged.</summary>
    public bool NoAck { get; set; }

    /// <summary>Everything is out and, as far as that is wanted, acknowledged.</summary>
    public bool Idle => _flight == Flight.None && !_replyReady && _textStart == _textEnd && _token == 0;

    /// <summary>Bytes that <see cref="Queue"/> takes now.</summary>
    public int TextRoom => _text.Length - (_textEnd - _textStart);

    public void Clear()
    {
        _flight = Flight.None;
        _textStart = _textEnd = 0;
        _replyReady = false;
        _token = 0;
        NoAck = false;
    }

    /// <summary>Begins anew with acknowledgement; a packet of which a part is out is still finished.</summary>
    public void Restart()
    {
        _textStart = _textEnd = 0;
        if (_flight != Flight.Reply) _replyReady = false;
        NoAck = false;
    }

    /// <summary>Acknowledges a received packet, or asks for it again; before the next packet.</summary>
    public void Acknowledge(bool good)
    {
        if (NoAck) return;
        _token = (byte)(good ? '+' : '-');
        Poll();
    }

    /// <summary>The reply is complete.</summary>
    public void Send()
    {
        Reply.Seal();
        _replyReady = true;
        Poll();
    }

    /// <summary>Adds text for the host's console; what does not fit is cut off.</summary>
    public void Queue(ReadOnlySpan<byte> text)
    {
        if (_textStart != 0)
        {
            _text.AsSpan(_textStart, _textEnd - _textStart).CopyTo(_text);
            _textEnd -= _textStart;
            _textStart = 0;
        }
        text = text[..Math.Min(text.Length, TextRoom)];
        text.CopyTo(_text.AsSpan(_textEnd));
        _textEnd += text.Length;
    }

    /// <summary>The host said '+' (or sent its next packet, which says the same). False: nobody was waiting for it.</summary>
    public bool OnAck()
    {
        if (!Waiting) return false;
        Land();
        return true;
    }

    /// <summary>The host said '-'.</summary>
    public void OnNak()
    {
        if (!Waiting) return;
        if (_retries++ < Retries) _position = 0;
        else Land();
    }

    /// <summary>Moves on what is under way.</summary>
    public void Poll()
    {
        while (true)
        {
            if (_flight == Flight.None && !Begin()) return;
            ReadOnlySpan<byte> frame = Current;
            if (_position < frame.Length)
            {
                _position += port.Write(frame[_position..]);
                if (_position < frame.Length) return;
                _sentAt = clock.Milliseconds;
            }
            if (!NoAck && clock.Milliseconds - _sentAt < AckLimit) return;
            Land();
        }
    }

    private ReadOnlySpan<byte> Current => _flight == Flight.Console ? _console.Sealed : Reply.Sealed;

    private bool Waiting => _flight != Flight.None && _position == Current.Length;

    /// <summary>Takes up the next packet; false when there is none.</summary>
    private bool Begin()
    {
        if (_token != 0)
        {
            if (port.Write(new ReadOnlySpan<byte>(ref _token)) == 0) return false;
            _token = 0;
        }
        _position = 0;
        _retries = 0;
        if (_textStart != _textEnd)
        {
            int taken = Math.Min(_textEnd - _textStart, TextInPacket);
            _console.Clear();
            _console.Write((byte)'O');
            _console.WriteHexBytes(_text.AsSpan(_textStart, taken));
            _console.Seal();
            _textStart += taken;
            _flight = Flight.Console;
        }
        else if (_replyReady) _flight = Flight.Reply;
        else return false;
        return true;
    }

    private void Land()
    {
        if (_flight == Flight.Reply) _replyReady = false;
        _flight = Flight.None;
    }
}
