using System;
using SharpProbe.Wire;

namespace SharpProbe.Trace;

/// <summary>
/// The trace that comes in, for one user at a time: the first to start it has it until it stops, and may fetch what is left until another starts. A user who is too slow loses the older half of the ring, and is told.
/// </summary>
/// <param name="uart">Receives NRZ.</param>
/// <param name="manchester">Receives Manchester; null: nobody does.</param>
public sealed class TraceCapture(SwoLine uart, SwoLine? manchester = null)
{
    private readonly SwoLine _uart = uart;
    private SwoLine _line = uart;
    private uint _start, _tail, _end;
    private volatile bool _streaming;

    public WireUser Holder { get; private set; }

    public bool Active { get; private set; }

    /// <summary>A USB endpoint of its own takes the bytes, in interrupts: nobody else may.</summary>
    public bool Streaming => _streaming;

    /// <summary>Somebody was refused.</summary>
    public bool Wanted { get; private set; }

    /// <summary>Bits a second; of Manchester as they are found on the line.</summary>
    public uint Baud { get => field == 0 ? _line.Measured : field; private set; }

    /// <summary>It is, or was, received as Manchester.</summary>
    public bool IsManchester => _line == manchester;

    public bool MayManchester => manchester is not null;

    /// <summary>Bytes overwritten before anybody read them, since the start.</summary>
    public uint Lost { get; private set; }

    /// <summary>Times that the line had an error since it was looked at before, since the start.</summary>
    public uint LineErrors { get; private set; }

    /// <summary>Bytes of the ring.</summary>
    public int Size => _line.Ring.Length;

    /// <summary>Bytes received since the start.</summary>
    public uint Received => End - _start;

    /// <summary>Bytes that wait.</summary>
    public int Waiting
    {
        get
        {
            if (!_streaming) DropOverwritten();
            return (int)Math.Min(End - _tail, (uint)Size);
        }
    }

    /// <summary>More waits than there is room for, and will be dropped.</summary>
    public bool Overrun => End - _tail > (uint)Size;

    private uint End => Active ? _line.Received : _end;

    /// <summary>The rate that the receiver makes of this one; 0: it cannot.</summary>
    public uint Nearest(uint baud, bool asManchester = false) => Line(asManchester)?.Nearest(baud) ?? 0;

    public bool IsFreeFor(WireUser user) => !Active || Holder == user;

    /// <summary>Begins anew. False: somebody else is at it, or the rate is impossible.</summary>
    /// <param name="baud">Manchester shows its own rate: 0 will do.</param>
    public bool TryStart(WireUser user, uint baud, bool streaming = false, bool asManchester = false)
    {
        Wanted = !IsFreeFor(user);
        if (Wanted || Line(asManchester) is not { } line) return false;
        uint actual = line.Nearest(baud);
        if (actual == 0 && !(asManchester && baud == 0)) return false;
        Stop(Holder);
        _streaming = false;
        (Holder, Baud, _line) = (user, asManchester ? 0 : actual, line);
        (Lost, LineErrors) = (0, 0);
        line.TakeError();
        line.Start(baud);
        _start = _tail = line.Received;
        Active = true;
        _streaming = streaming;
        return true;
    }

    /// <summary>Ends the user's capture, if it is his.</summary>
    public void Stop(WireUser user)
    {
        if (!Active || Holder != user) return;
        _line.Stop();
        _end = _line.Received;
        Active = false;
    }

    /// <summary>Ends it, and what is left is gone.</summary>
    public void Release(WireUser user)
    {
        if (Holder != user) return;
        Stop(user);
        _streaming = Wanted = false;
        Holder = WireUser.Nobody;
        _tail = _end;
    }

    /// <summary>Looks after the line; now and then.</summary>
    public void Poll()
    {
        if (Active && _line.TakeError()) LineErrors++;
    }

    /// <summary>The oldest bytes as far as they lie in one piece; <see cref="Take"/> lets go of them.</summary>
    public ReadOnlySpan<byte> Oldest
    {
        get
        {
            DropOverwritten();
            int at = (int)(_tail & (uint)(Size - 1)), count = Math.Min((int)(End - _tail), Size - at);
            return _line.Ring.Slice(at, count);
        }
    }

    /// <summary>Done with so many bytes.</summary>
    public void Take(int count)
    {
        DropOverwritten();
        _tail += Math.Min((uint)count, End - _tail);
    }

    /// <summary>Hands out the oldest bytes and returns how many there were.</summary>
    public int Read(Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            ReadOnlySpan<byte> oldest = Oldest;
            if (oldest.IsEmpty) break;
            int count = Math.Min(oldest.Length, destination.Length - done);
            oldest[..count].CopyTo(destination[done..]);
            Take(count);
            done += count;
        }
        return done;
    }

    private SwoLine? Line(bool asManchester) => asManchester ? manchester : _uart;

    private void DropOverwritten()
    {
        uint waiting = End - _tail, size = (uint)Size;
        if (waiting <= size) return;
        uint drop = waiting - size / 2;
        Lost += drop;
        _tail += drop;
    }
}
