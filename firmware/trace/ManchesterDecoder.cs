using System;
using System.Threading;

namespace SharpProbe.Trace;

/// <summary>
/// Bytes from the edges of TRACESWO in its Manchester form (DDI 0314, "Serial wire output"): idle low; a one, which is high and then low; up to eight bytes, least significant bit first; at least a bit time of low. Half a bit
/// is the shortest of the first intervals; from then on each sequence, whose length in bits is known at its end, corrects it.
/// </summary>
public sealed class ManchesterDecoder
{
    /// <summary>Edges from which the rate is learned at most: there are short ones among any four.</summary>
    public const int Lesson = 32;

    private const int BitsWithStart = 9, FailuresToUnlearn = 16, Sought = 10, Found = 11;

    // Half a bit in sixteenths of a tick; the longest interval that is a half, the longest that is a bit.
    private uint _half16, _halfLimit, _bitLimit;
    private uint _last, _start, _differences, _before, _bytes, _received;
    private int _left, _failures;
    private bool _middle, _synced, _waits;
    private volatile bool _error;

    /// <summary>Bytes since power-on; wraps.</summary>
    public uint Received => Volatile.Read(ref _received);

    /// <summary>Half a bit in sixteenths of a tick; 0: not known yet.</summary>
    public uint Half16 => _half16;

    /// <summary>A sequence broke off within a byte since this was asked last.</summary>
    public bool TakeError()
    {
        bool error = _error;
        if (error) _error = false;
        return error;
    }

    /// <summary>A new trace at an unknown rate, perhaps in the middle of something.</summary>
    public void Restart()
    {
        (_half16, _failures) = (0, 0);
        Seek();
    }

    /// <summary>Edges were lost: goes on at the next pause.</summary>
    public void Lose()
    {
        _error = true;
        Seek();
    }

    /// <summary>Nothing has moved for many bit times.</summary>
    public void Rest()
    {
        if (_synced && !_waits) End(_last);
        (_synced, _waits) = (true, true);
    }

    /// <summary>Learns the rate from the first edges, which have to be decoded still.</summary>
    public void Learn(ReadOnlySpan<ushort> times)
    {
        uint least = ushort.MaxValue;
        for (int i = 1; i < times.Length; i++)
        {
            uint interval = (ushort)(times[i] - times[i - 1]);
            if (interval < least) least = interval;
        }
        if (times.Length > 1) SetHalf(least << 4);
    }

    /// <summary>Takes the times of edges in ticks modulo 2^16; the bytes go round a ring, whose length is a power of two.</summary>
    public void Decode(ReadOnlySpan<ushort> times, Span<byte> ring)
    {
        while (true)
        {
            int done = _synced && !_waits ? Run(times, ring) : 0;
            if (done == times.Length) return;
            uint time = times[done], interval = (ushort)(time - _last);
            Turn(interval, time);
            _last = time;
            times = times[(done + 1)..];
        }
    }

    /// <summary>
    /// Reads bits up to an edge that is none of a sequence; returns where that is. An edge costs about 12 cycles: which of two intervals it is and whether a bit ends are masks, as random data would defeat branches.
    /// What is shifted in is where bits differ from the one before.
    /// </summary>
    private int Run(ReadOnlySpan<ushort> times, Span<byte> ring)
    {
        int middle = _middle ? -1 : 0, left = _left, i = 0;
        uint half = _halfLimit, span = _bitLimit - half, last = _last, differences = _differences;
        uint limit = half + (span & (uint)middle);
        for (; i < times.Length; i++)
        {
            uint time = times[i], interval = (ushort)(time - last);
            if (interval > limit) break;
            last = time;
            int whole = (int)(half - interval) >> 31;
            middle = whole | ~middle;
            differences = differences >> (middle & 1) | (uint)whole & 0x80;
            limit = half + (span & (uint)middle);
            left += middle;
            if (left != 0) continue;
            uint value = differences ^ _before;
            value ^= value << 1;
            value ^= value << 2;
            value ^= value << 4;
            ring[(int)_received & ring.Length - 1] = (byte)value;
            (_before, left) = (value >> 7 & 1, 8);
            Volatile.Write(ref _received, _received + 1);
        }
        (_middle, _left, _last, _differences) = (middle != 0, left, last, differences);
        return i;
    }

    /// <summary>An edge at <paramref name="now"/> that ends something.</summary>
    private void Turn(uint interval, uint now)
    {
        if (_waits) Begin(now);
        else if (_synced)
        {
            bool pause = interval > _bitLimit;
            bool good = End(now - interval);
            if (good || pause) Begin(now);
            else Seek();
        }
        else if (interval > _bitLimit || !_middle && interval > _halfLimit && _left == Found) Begin(now);
        else if (interval <= _halfLimit) _middle = !_middle;
        else (_middle, _left) = (true, Found);                         // a whole bit lies between two middles: from here on halves can be told
    }

    /// <summary>Nothing is known of the place in a sequence.</summary>
    private void Seek()
    {
        (_synced, _waits, _middle) = (false, false, false);
        _left = Sought;
    }

    /// <summary>The edge that a one begins with.</summary>
    private void Begin(uint now)
    {
        (_start, _bytes, _left, _before) = (now, _received, BitsWithStart, 1);
        (_synced, _waits, _middle) = (true, false, false);
    }

    /// <summary>A sequence has ended, its last edge at <paramref name="last"/>. False: within a byte.</summary>
    private bool End(uint last)
    {
        if (_left == BitsWithStart) return ++_failures < FailuresToUnlearn || Unlearn();
        if (_left != 8)
        {
            _error = true;
            if (++_failures >= FailuresToUnlearn) Unlearn();
            return false;
        }
        uint halves = ((_received - _bytes) * 8 + 1) * 2 - (_middle ? 1u : 0);
        if (_received != _bytes && halves * (_half16 >> 4) < ushort.MaxValue / 2)
        {
            uint now16 = (uint)(ushort)(last - _start) * 16 / halves;
            SetHalf((uint)((int)_half16 + ((int)now16 - (int)_half16 + 2 >> 2)));
        }
        _failures = 0;
        return true;
    }

    /// <summary>What is heard is not at this rate.</summary>
    private bool Unlearn()
    {
        (_half16, _failures) = (0, 0);
        return false;
    }

    private void SetHalf(uint half16)
    {
        _half16 = Math.Max(half16, 16);
        _halfLimit = _half16 * 3 >> 5;
        _bitLimit = _half16 * 5 >> 5;
    }
}
