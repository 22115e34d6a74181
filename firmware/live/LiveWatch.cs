using System;
using System.Buffers.Binary;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Live;

/// <summary>Variables that are looked at while the program runs, and told when they change: "monitor watch".</summary>
/// <param name="gdb">Listens while the program runs.</param>
/// <param name="port">In its place after "watch uart".</param>
public sealed class LiveWatch(TextOutput gdb, TextOutput port, Clock clock)
{
    public const int Most = 8;

    private readonly LiveValue[] _values = new LiveValue[Most];
    private uint _lookedAt, _pause;                            // µs

    public int Count { get; private set; }

    /// <summary>ms between two looks.</summary>
    public uint Period { get; set; } = 100;

    /// <summary>Not to gdb's console.</summary>
    public bool OnPort { get; set; }

    public ReadOnlySpan<LiveValue> Values => _values.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>One more, of 1, 2 or 4 bytes; or another size for one that is there. False: there are too many.</summary>
    public bool TryAdd(uint address, int size)
    {
        int i = 0;
        while (i < Count && _values[i].Address != address) i++;
        if (i == Most) return false;
        if (i == Count) Count++;
        _values[i] = new() { Address = address, Size = size };
        _pause = 0;
        return true;
    }

    /// <summary>A look, if it is time to. Between two looks at least three times as long as one takes.</summary>
    /// <param name="running">gdb waits for the program to stop, and listens.</param>
    public void Poll(DebugTarget target, bool running)
    {
        uint start = clock.Microseconds;
        if (Count == 0 || !running && !OnPort || start - _lookedAt < _pause) return;
        for (int i = 0; i < Count; i++) Look(target, ref _values[i]);
        _lookedAt = clock.Microseconds;
        _pause = Math.Max(Period * 1000, (_lookedAt - start) * 3);
    }

    private void Look(DebugTarget target, ref LiveValue value)
    {
        Span<byte> bytes = stackalloc byte[4];
        bytes.Clear();
        if (target.ReadMemory(value.Address, bytes[..value.Size]).Failed) return;
        uint now = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (value.Known && now == value.Value) return;
        Span<byte> buffer = stackalloc byte[48];
        var line = new ByteWriter(buffer);
        line.WriteAddress(value.Address);
        line.Write(": "u8);
        if (value.Known)
        {
            line.WriteHex(value.Value, value.Size * 2);
            line.Write(" -> "u8);
        }
        line.WriteHex(now, value.Size * 2);
        line.Write((byte)'\n');
        (OnPort ? port : gdb).Write(line.Written);
        (value.Value, value.Known) = (now, true);
    }
}
