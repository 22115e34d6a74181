using System;
using System.Buffers.Binary;

namespace SharpProbe.App;

/// <summary>
/// Function names by address, as the build puts them into flash (build/postlink/SymbolSection.cs): the code's address and a count, u32 little endian; so many words, sorted, bits 31:15 a function's
/// distance from the code's address in halfwords, bits 14:0 the place of its name among the names that follow. A name is the place of its type's name, u16, 0: it has none, and text that ends
/// with a zero byte; a type's name is such text only.
/// </summary>
public readonly ref struct SymbolTable(ReadOnlySpan<byte> data)
{
    private const int Head = 8;

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The function that holds the address; empty when the table is absent or malformed, or the address lies before the first.</summary>
    public SymbolName Find(uint address)
    {
        if (_data.Length < Head) return default;
        uint code = Word(0), count = Word(4);
        if (count == 0 || count > (uint)(_data.Length - Head) / 4 || address < code) return default;
        uint distance = address - code >> 1;
        uint low = 0, high = count;                          // entries before low are at or below the address
        while (low < high)
        {
            uint middle = low + high >> 1;
            if (Word(Head + middle * 4) >> 15 <= distance) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? default : Name(_data[(int)(Head + count * 4)..], (int)(Word(Head + (low - 1) * 4) & 0x7FFF));
    }

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_data[(int)offset..]);

    private static SymbolName Name(ReadOnlySpan<byte> names, int place)
    {
        if (place + 2 > names.Length) return default;
        int type = BinaryPrimitives.ReadUInt16LittleEndian(names[place..]);
        return new(type == 0 ? default : Text(names, type), Text(names, place + 2));
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> names, int place)
    {
        if (place >= names.Length) return default;
        ReadOnlySpan<byte> rest = names[place..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? default : rest[..end];
    }
}
