using System.Buffers.Binary;
using System;
using SharpProbe.Io;
using SharpProbe.Rtt;
using SharpProbe.Target;

namespace SharpProbe.Live;

/// <summary>
/// A ring in the target's memory that a program fills while it runs: "monitor tracebuf". The program moves the head, an offset in a word of its own, the probe the tail. A program that begins anew may leave nonsense in
/// both for a while: such a ring is left alone, and that is counted.
/// </summary>
public sealed class TraceBuffer(RingReader reader, Clock clock)
{
    private const uint Shortest = 1000, Longest = 64_000;      // µs

    private LookPace _pace;

    public uint Address { get; private set; }
    public uint Head { get; private set; }
    public uint Tail { get; private set; }

    /// <summary>Bytes of the ring; 0: there is none.</summary>
    public uint Size { get; private set; }

    /// <summary>Looks that could not read the offsets, or found one outside of the ring.</summary>
    public uint Errors { get; private set; }

    /// <summary>A size of 0 ends it.</summary>
    public void Set(uint address, uint size, uint head, uint tail)
    {
        (Address, Size, Head, Tail, Errors) = (address, size, head, tail, 0);
        _pace.Restart();
    }

    /// <summary>A look at the target, if it is time to.</summary>
    public void Poll(DebugTarget target)
    {
        uint start = clock.Microseconds;
        if (Size == 0 || !_pace.IsDue(start)) return;
        bool any = false;
        if (!TryOffset(target, Head, out uint write) || !TryOffset(target, Tail, out uint read)) Errors++;
        else any = reader.Drain(target, Address, Size, write, read, Tail);
        if (any) _pace.GoOn(start, clock.Microseconds);
        else _pace.Rest(clock.Microseconds, Shortest, Longest);
    }

    private bool TryOffset(DebugTarget target, uint address, out uint value)
    {
        Span<byte> word = stackalloc byte[4];
        value = 0;
        if (target.ReadMemory(address, word).Failed) return false;
        value = BinaryPrimitives.ReadUInt32LittleEndian(word);
        return value < Size;
    }
}
