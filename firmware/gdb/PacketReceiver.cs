using System;
using SharpProbe.Io;

namespace SharpProbe.Gdb;

/// <summary>
/// Takes packets out of the byte stream: framing, escapes, checksum (gdb manual, "Overview" of the remote protocol). One packet is held at a time, unescaped; what follows it stays where
/// it is, except the characters that stand alone. Bytes outside packets that mean nothing are passed over.
/// </summary>
public sealed class PacketReceiver(ByteStream port, int capacity)
{
    private enum State : byte { Outside, Body, Escaped, Sum1, Sum2 }

    private readonly byte[] _block = new byte[256];
    private readonly byte[] _packet = new byte[capacity];
    private int _next, _end;            // of the block
    private int _length;                // of the packet
    private uint _sum, _given;
    private State _state;
    private bool _tooLong;

    /// <summary>A packet waits in <see cref="Packet"/> until <see cref="Release"/>.</summary>
    public bool Held { get; private set; }

    public ReadOnlySpan<byte> Packet => _packet.AsSpan(0, _length);

    public void Release() => Held = false;

    /// <summary>Forgets everything, also what the port still holds.</summary>
    public void Reset()
    {
        Clear();
        while (port.Read(_block) != 0) { }
    }

    /// <summary>Forgets what was begun.</summary>
    public void Clear()
    {
        _next = _end = 0;
        _state = State.Outside;
        Held = false;
    }

    /// <summary>The next thing on the line. While a packet is held, only what stands before the next packet.</summary>
    public ReceiveEvent Next()
    {
        while (true)
        {
            if (_next == _end)
            {
                _next = 0;
                _end = port.Read(_block);
                if (_end == 0) return ReceiveEvent.None;
            }
            if (_state == State.Body) TakeBody();
            else
            {
                byte b = _block[_next];
                if (Held && b == '$') return ReceiveEvent.None;
                _next++;
                ReceiveEvent found = Take(b);
                if (found != ReceiveEvent.None) return found;
            }
        }
    }

    /// <summary>The body's bytes up to the next that is special. About ten cycles each; everything else here happens once a packet, or for one byte in 64.</summary>
    private void TakeBody()
    {
        ReadOnlySpan<byte> input = _block.AsSpan(_next, Math.Min(_end - _next, _packet.Length - _length));
        Span<byte> output = _packet.AsSpan(_length, input.Length);
        uint sum = _sum;
        int i = 0;
        for (; i < input.Length; i++)
        {
            uint b = input[i];
            if (b - '#' <= 1 || b == '}') break;              // '#' and '$' are neighbours
            sum += b;
            output[i] = (byte)b;
        }
        _sum = sum;
        _length += i;
        _next += i;
        if (_next == _end) return;
        byte special = _block[_next++];
        switch (special)
        {
            case (byte)'#':
                _state = State.Sum1;
                break;
            case (byte)'$':                                   // the packet before it was never ended
                Start();
                break;
            case (byte)'}':
                _sum += special;
                _state = State.Escaped;
                break;
            default:
                _sum += special;
                _tooLong = true;
                break;
        }
    }

    private ReceiveEvent Take(byte b)
    {
        switch (_state)
        {
            case State.Outside:
                return Outside(b);
            case State.Escaped:
                _sum += b;
                if (_length < _packet.Length) _packet[_length++] = (byte)(b ^ 0x20);
                else _tooLong = true;
                _state = State.Body;
                return ReceiveEvent.None;
            case State.Sum1:
                if (b == '$') Start();
                else
                {
                    _given = (uint)Hex.Digit(b) << 4;         // of no digit: never equal
                    _state = State.Sum2;
                }
                return ReceiveEvent.None;
            default:
                if (b == '$')
                {
                    Start();
                    return ReceiveEvent.Damaged;
                }
                _state = State.Outside;
                if ((_given | (uint)Hex.Digit(b)) != (_sum & 0xFF)) return ReceiveEvent.Damaged;
                if (_tooLong) return ReceiveEvent.TooLong;
                Held = true;
                return ReceiveEvent.Packet;
        }
    }

    private ReceiveEvent Outside(byte b)
    {
        switch (b)
        {
            case (byte)'$':
                Start();
                return ReceiveEvent.None;
            case (byte)'+':
                return ReceiveEvent.Ack;
            case (byte)'-':
                return ReceiveEvent.Nak;
            case 3:
                return ReceiveEvent.Interrupt;
            case 4:
                return ReceiveEvent.EndOfTransmission;
            default:
                return ReceiveEvent.None;
        }
    }

    private void Start()
    {
        _state = State.Body;
        _length = 0;
        _sum = 0;
        _tooLong = false;
    }
}
