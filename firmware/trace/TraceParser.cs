using System;

namespace SharpProbe.Trace;

/// <summary>
/// Packets from the bytes of a trace port whose formatter is off (DDI 0403E, D4.2). Every kind has its length, known or not, so what is skipped is never read as headers. A synchronisation packet is found
/// wherever the parser believes itself to be: five zero bytes and 0x80 are nothing else, as a payload ends after four zeros.
/// </summary>
public sealed class TraceParser
{
    private const int ZerosOfSync = 5, MostOfGlobal = 6, MostOfOthers = 4;
    private const byte EndOfSync = 0x80, Continue = 0x80, OverflowHeader = 0x70, GlobalLow = 0x94, GlobalHigh = 0xB4;

    private TracePacketKind _kind;
    private int _source, _size, _most, _zeros, _page;
    private bool _open, _continues, _syncing;
    private ulong _value;
    private uint _inHeader;

    /// <summary>Bytes were lost here: what has begun is forgotten.</summary>
    public void Restart()
    {
        _open = _syncing = false;
        _zeros = _page = 0;
    }

    /// <summary>Takes bytes up to the end of a packet; false: they end before.</summary>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out TracePacket packet)
    {
        int i = 0;
        packet = default;
        bool done = false;
        while (!done && i < bytes.Length) done = Take(bytes[i++], out packet);
        bytes = bytes[i..];
        return done;
    }

    private bool Take(byte b, out TracePacket packet)
    {
        packet = default;
        if (b == 0) _zeros++;
        else
        {
            bool ends = b == EndOfSync && _zeros >= ZerosOfSync;
            _zeros = 0;
            if (ends)
            {
                Restart();
                packet = new(TracePacketKind.Synchronization, 0, 0, 0);
                return true;
            }
        }
        if (_open) return Payload(b, out packet);
        if (b == 0)
        {
            _syncing = true;
            return false;
        }
        if (!_syncing) return Header(b, out packet);
        // Zeros that were no synchronisation; what ended them may be a header, and comes again.
        _syncing = false;
        bool whole = Header(b, out TracePacket next);
        packet = whole ? next : new(TracePacketKind.Malformed, 0, 0, 0);
        return true;
    }

    private bool Header(byte b, out TracePacket packet)
    {
        packet = default;
        if ((b & 3) != 0)
        {
            _source = b >> 3 | ((b & 4) == 0 ? _page << 5 : 0);
            Begin((b & 4) == 0 ? TracePacketKind.Stimulus : TracePacketKind.Hardware, 1 << (b & 3) - 1, continues: false);
            return false;
        }
        if (b == OverflowHeader)
        {
            packet = new(TracePacketKind.Overflow, 0, 0, 0);
            return true;
        }
        (_kind, _source) = KindOf(b);
        if ((b & Continue) != 0)
        {
            Begin(_kind, _kind == TracePacketKind.GlobalTimestampHigh ? MostOfGlobal : MostOfOthers, continues: true);
            _inHeader = (uint)b >> 4 & 7;
            return false;
        }
        packet = Whole(_kind, 0, (uint)b >> 4 & 7);
        return true;
    }

    /// <summary>Packets whose low two bits are 0: bit 7 says whether a payload follows, whose bytes say so themselves.</summary>
    private static (TracePacketKind Kind, int Source) KindOf(byte b)
    {
        if ((b & 0x0B) == 0x08) return (TracePacketKind.Extension, b >> 2 & 1);
        if (b == GlobalLow) return (TracePacketKind.GlobalTimestampLow, 0);
        if (b == GlobalHigh) return (TracePacketKind.GlobalTimestampHigh, 0);
        bool local = (b & 0x0F) == 0 && (b & 0xC0) != 0x80;
        return local ? (TracePacketKind.LocalTimestamp, (b & Continue) != 0 ? b >> 4 & 3 : 0) : (TracePacketKind.Malformed, 0);
    }

    private void Begin(TracePacketKind kind, int most, bool continues)
    {
        (_kind, _most, _continues) = (kind, most, continues);
        (_open, _size, _value) = (true, 0, 0);
    }

    private bool Payload(byte b, out TracePacket packet)
    {
        packet = default;
        int bits = _continues ? 7 : 8;
        _value |= (ulong)(_continues ? (uint)b & 0x7F : b) << _size++ * bits;
        bool goesOn = _continues ? (b & Continue) != 0 : _size < _most;
        if (goesOn && _size < _most) return false;
        _open = false;
        packet = Whole(goesOn ? TracePacketKind.Malformed : _kind, _size, _kind == TracePacketKind.Extension ? _value << 3 | _inHeader : _value);
        return true;
    }

    /// <summary>The ITM's extension, SH 0, is the page of stimulus ports (D4.2.7).</summary>
    private TracePacket Whole(TracePacketKind kind, int size, ulong value)
    {
        if (kind == TracePacketKind.Extension && _source == 0) _page = (int)value & 7;
        return new(kind, _source, size, value);
    }
}
