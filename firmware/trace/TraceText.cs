using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Trace;

/// <summary>What software writes to chosen stimulus ports, as text to a stream: "monitor traceswo". With nobody at the stream the text is dropped; a reader who is too slow costs trace, and is told by the status.</summary>
/// <param name="uart">The port beside whose bytes the text comes by default.</param>
/// <param name="console">The probe's own console.</param>
public sealed class TraceText(TraceCapture capture, ByteStream uart, ByteStream console)
{
    /// <summary>Bytes a round, so that nobody else starves.</summary>
    private const int Most = 8192;

    private const WireUser User = WireUser.Gdb;

    private readonly TraceParser _parser = new();
    private readonly byte[] _text = new byte[256];
    private bool _onConsole;
    private uint _lost;

    public TraceCapture Capture => capture;

    /// <summary>A bit for each stimulus port.</summary>
    public uint Channels { get; private set; }

    /// <summary>The target said that it lost packets, so often.</summary>
    public uint Overflows { get; private set; }

    /// <summary>What could not be read as packets.</summary>
    public uint Malformed { get; private set; }

    public bool Active => capture.Active && capture.Holder == User;

    /// <summary>False: somebody else has the trace, or the rate is impossible.</summary>
    /// <param name="onConsole">Not beside the target's UART.</param>
    public bool TryStart(uint baud, uint channels, bool onConsole, bool asManchester = false)
    {
        if (!capture.TryStart(User, baud, asManchester: asManchester)) return false;
        _parser.Restart();
        (_onConsole, Channels, Overflows, Malformed, _lost) = (onConsole, channels, 0, 0, 0);
        return true;
    }

    public void Stop() => capture.Release(User);

    public void Poll()
    {
        capture.Poll();
        if (!Active) return;
        ByteStream to = _onConsole ? console : uart;
        int left = Most;
        while (left > 0)
        {
            ReadOnlySpan<byte> bytes = capture.Oldest;
            if (_lost != capture.Lost)
            {
                _lost = capture.Lost;
                _parser.Restart();
            }
            int room = to.Connected ? Math.Min(to.Room, _text.Length) : _text.Length;
            if (bytes.IsEmpty || room < 4) return;
            int taken = Decode(bytes, room, to);
            capture.Take(taken);
            left -= taken;
        }
    }

    /// <summary>Decodes as much as there is room for its text; returns the bytes taken.</summary>
    private int Decode(ReadOnlySpan<byte> bytes, int room, ByteStream to)
    {
        ReadOnlySpan<byte> rest = bytes;
        int length = 0;
        while (length + 4 <= room && _parser.TryNext(ref rest, out TracePacket packet))
        {
            switch (packet.Kind)
            {
                case TracePacketKind.Stimulus when packet.Source < 32 && (Channels >> packet.Source & 1) != 0:
                    uint value = (uint)packet.Value;
                    for (int i = 0; i < packet.Size; i++, value >>= 8) _text[length++] = (byte)value;
                    break;
                case TracePacketKind.Overflow: Overflows++; break;
                case TracePacketKind.Malformed: Malformed++; break;
            }
        }
        to.Write(_text.AsSpan(0, length));
        return bytes.Length - rest.Length;
    }
}
