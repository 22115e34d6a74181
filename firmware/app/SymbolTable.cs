using System;
using System.Buffers.Binary;

namespace SharpProbe.App;

/// <summary>
/// Function names by address, as the build puts them into flash (build/postlink/SymbolSection.cs): the code's address, u32; two counts, u16: of entries, and of codes that stand for a letter; those
/// letters; what the codes from there to 255 stand for, two codes each; the entries' distances, each from the one before, in halfwords, as ULEB128; then the names in codes.
/// </summary>
public readonly ref struct SymbolTable(ReadOnlySpan<byte> data)
{
    /// <summary>Room for a name and another's type, in bytes: the build cuts names that are longer than half of it.</summary>
    public const int Room = 128;

    private const int Head = 8, Codes = 256;

    /// <summary>The build nests pairs no deeper.</summary>
    private const int Depth = 8;

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The function that holds the address; empty when the table is absent or malformed, or the address lies before the first.</summary>
    /// <param name="room">Where the name is put together.</param>
    public SymbolName Find(uint address, Span<byte> room)
    {
        if (_data.Length < Head) return default;
        uint code = BinaryPrimitives.ReadUInt32LittleEndian(_data);
        int letters = Letters, at = Head + letters + (Codes - letters) * 2;
        if (address < code || letters > Codes || at > _data.Length || !TrySearch(address - code >> 1, ref at, out int index)) return default;
        SymbolSearch search = new(room, index);
        while (at < _data.Length && !search.Found) Expand(_data[at++], Depth, ref search);
        return search.Name;
    }

    private int Letters => BinaryPrimitives.ReadUInt16LittleEndian(_data[6..]);

    /// <summary>The last entry at or below a distance; <paramref name="at"/> moves from the distances to the names.</summary>
    private bool TrySearch(uint distance, ref int at, out int index)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(_data[4..]);
        uint place = 0;
        index = -1;
        for (int i = 0; i < count; i++)
        {
            uint step = 0, next;
            int shift = 0;
            do
            {
                if (at >= _data.Length || shift > 21) return false;
                next = _data[at++];
                step |= (next & 0x7F) << shift;
                shift += 7;
            }
            while (next >= 0x80);
            place += step;
            if (place <= distance) index = i;
        }
        return index >= 0;
    }

    private void Expand(byte code, int depth, ref SymbolSearch search)
    {
        int letters = Letters;
        if (code < letters)
        {
            search.Take(_data[Head + code]);
            return;
        }
        if (depth == 0) return;
        int pair = Head + letters + (code - letters) * 2;
        Expand(_data[pair], depth - 1, ref search);
        Expand(_data[pair + 1], depth - 1, ref search);
    }
}
