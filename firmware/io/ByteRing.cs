using System;
using System.Threading;

namespace SharpProbe.Io;

/// <summary>Bytes from one context to another, e.g. from an interrupt to the main loop. One writes, one reads; neither waits.</summary>
/// <param name="size">A power of two.</param>
public sealed class ByteRing(int size)
{
    private readonly byte[] _bytes = new byte[size];
    private uint _head, _tail;

    public int Count => (int)(Volatile.Read(ref _head) - Volatile.Read(ref _tail));

    public int Room => _bytes.Length - Count;

    /// <summary>Takes as much as fits and returns how much that was.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Room), at = (int)(_head & (uint)(_bytes.Length - 1)), first = Math.Min(count, _bytes.Length - at);
        bytes[..first].CopyTo(_bytes.AsSpan(at));
        bytes[first..count].CopyTo(_bytes);
        Volatile.Write(ref _head, _head + (uint)count);
        return count;
    }

    /// <summary>Where the writer may put the next bytes itself, as far as they lie in one piece; <see cref="Commit"/> hands them over.</summary>
    public Span<byte> Place
    {
        get
        {
            int at = (int)(_head & (uint)(_bytes.Length - 1));
            return _bytes.AsSpan(at, Math.Min(Room, _bytes.Length - at));
        }
    }

    /// <summary>So many bytes were put in <see cref="Place"/>.</summary>
    public void Commit(int count) => Volatile.Write(ref _head, _head + (uint)count);

    /// <summary>The oldest bytes, as far as they lie in one piece; <see cref="Take"/> lets go of them.</summary>
    public ReadOnlySpan<byte> Oldest
    {
        get
        {
            int at = (int)(_tail & (uint)(_bytes.Length - 1));
            return _bytes.AsSpan(at, Math.Min(Count, _bytes.Length - at));
        }
    }

    /// <summary>The reader is done with so many bytes.</summary>
    public void Take(int count) => Volatile.Write(ref _tail, _tail + (uint)count);

    /// <summary>Hands out the oldest bytes and returns how many there were.</summary>
    public int Read(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, Count), at = (int)(_tail & (uint)(_bytes.Length - 1)), first = Math.Min(count, _bytes.Length - at);
        _bytes.AsSpan(at, first).CopyTo(destination);
        _bytes.AsSpan(0, count - first).CopyTo(destination[first..]);
        Volatile.Write(ref _tail, _tail + (uint)count);
        return count;
    }

    /// <summary>The writer's place, for <see cref="Skip(uint)"/>.</summary>
    public uint Mark => _head;

    /// <summary>Bytes written before a place and not read yet.</summary>
    public int CountBefore(uint mark) => Math.Max((int)(mark - Volatile.Read(ref _tail)), 0);

    /// <summary>The reader passes over everything.</summary>
    public void Skip() => Volatile.Write(ref _tail, Volatile.Read(ref _head));

    /// <summary>The reader passes over what was written before a place.</summary>
    public void Skip(uint mark)
    {
        if ((int)(mark - _tail) > 0) Volatile.Write(ref _tail, mark);
    }
}
