using System.Collections;

namespace SharpProbe.Sim;

/// <summary>Words of a memory whose error correction fails: a read is a bus error.</summary>
/// <param name="count">Words.</param>
/// <param name="size">Bytes of one.</param>
/// <param name="report">Told the number of the word when one is read.</param>
public sealed class UnreadableWords(uint count, uint size, Action<uint> report)
{
    private readonly BitArray _bits = new((int)count);
    private int _set;

    /// <summary>Whether a word cannot be read. Whoever changes it tells the memory (<see cref="MemoryRegion.ContentsChanged"/>).</summary>
    public bool this[uint word]
    {
        get => _bits[(int)word];
        set
        {
            if (_bits[(int)word] == value) return;
            _bits[(int)word] = value;
            _set += value ? 1 : -1;
        }
    }

    /// <summary>How many cannot be read.</summary>
    public int Count => _set;

    /// <summary>A read of an aligned unit within one word. False: a bus error, which has been reported.</summary>
    public bool Reads(uint offset)
    {
        if (_set == 0 || !_bits[(int)(offset / size)]) return true;
        report(offset / size);
        return false;
    }

    /// <summary>New contents for a range.</summary>
    public void Clear(uint offset, uint length)
    {
        for (uint word = offset / size; _set != 0 && word <= (offset + length - 1) / size; word++) this[word] = false;
    }

    /// <summary>Some word in a range cannot be read.</summary>
    public bool Any(uint offset, uint length)
    {
        if (_set == 0) return false;
        for (uint word = offset / size; word <= (offset + length - 1) / size && word < _bits.Length; word++)
            if (_bits[(int)word]) return true;
        return false;
    }
}
