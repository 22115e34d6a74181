using System;
using System.Buffers.Binary;

namespace SharpProbe.App;

/// <summary>
/// Function names by address, as the build puts them into flash: a count, then (address, offset of the name) sorted by address, all u32 little endian,
/// then the names, each ended by a zero byte.
/// </summary>
public readonly ref struct SymbolTable(ReadOnlySpan<byte> data)
{
    /// <summary>The name that stands for all of the core library's functions.</summary>
    public static ReadOnlySpan<byte> CoreLibrary => "(core library)"u8;

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The function that holds the address; empty when the table is absent or malformed, or the address lies before the first.</summary>
    public ReadOnlySpan<byte> Find(uint address)
    {
        if (_data.Length < 4) return default;
        uint count = Word(0);
        if (count == 0 || count > (uint)(_data.Length - 4) / 8) return default;
        uint low = 0, high = count;                          // entries before low are at or below the address
        while (low < high)
        {
            uint middle = low + high >> 1;
            if (Word(4 + middle * 8) <= address) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? default : Name(Word(8 + (low - 1) * 8));
    }

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_data[(int)offset..]);

    private ReadOnlySpan<byte> Name(uint offset)
    {
        if (offset >= (uint)_data.Length) return default;
        ReadOnlySpan<byte> rest = _data[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? default : rest[..end];
    }
}
