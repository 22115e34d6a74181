using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>Variables that DWARF finds at a distance from r11: where a function loses its frame pointer, they are at a distance from sp, which does not move in a body (DWARF 4, 2.5.1.2, 2.6.2).</summary>
sealed class FrameLocations
{
    private const int LowPc = 0x11, FormAddress = 0x01, FormExpression = 0x18;
    private const byte OfFp = 0x70 + 11, OfSp = 0x70 + 13;

    private readonly SortedList<uint, List<(byte[] Data, int At)>> _places = [];

    public static FrameLocations Read(ElfObject file, ElfSection code)
    {
        FrameLocations locations = new();
        if (file.Section(".debug_loc") is { } lists) locations.ReadLists(lists, code);
        if (file.Section(".debug_info") is { } info && file.Section(".debug_abbrev") is { } abbreviations) locations.ReadInfo(info, code, new Abbreviations(abbreviations.Data));
        return locations;
    }

    /// <summary>Counts the function's variables from sp.</summary>
    /// <param name="function">Not laid out yet: its old offsets count.</param>
    /// <param name="distance">r11 above sp, in bytes.</param>
    /// <returns>False: a number would need more room, and nothing was changed.</returns>
    public bool Move(Function function, int distance)
    {
        List<(byte[] Data, int At, List<byte> Number)> changes = [];
        foreach ((byte[] data, int at) in _places.Where(pair => pair.Key >= function.OldOffset && pair.Key < function.OldOffset + function.OldSize).SelectMany(pair => pair.Value))
        {
            int end = at + 1;
            long number = Leb128.ReadSigned(data, ref end);
            List<byte> moved = [];
            Leb128.WriteSigned(moved, number + distance);
            if (moved.Count > end - at - 1) return false;
            while (moved.Count < end - at - 1)
            {
                moved.Add((byte)((moved[^1] & 0x40) != 0 ? 0x7F : 0));                        // the same number, one byte longer
                moved[^2] |= 0x80;
            }
            changes.Add((data, at, moved));
        }
        foreach ((byte[] data, int at, List<byte> number) in changes)
        {
            data[at] = OfSp;
            number.CopyTo(data, at + 1);
        }
        return true;
    }

    /// <summary>Location lists (DWARF 4, 2.6.2): pairs of addresses, each with an expression; a pair of zeros ends one.</summary>
    private void ReadLists(ElfSection section, ElfSection code)
    {
        Dictionary<uint, uint> addresses = Addresses(section, code);
        byte[] data = section.Data;
        for (int at = 0; at + 8 <= data.Length;)
        {
            bool entry = addresses.TryGetValue((uint)at, out uint address) || Word(data, at) != 0 || Word(data, at + 4) != 0;
            at += 8;
            if (!entry) continue;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(at));
            ReadExpression(data, at + 2, length, address);
            at += 2 + length;
        }
    }

    private void ReadInfo(ElfSection section, ElfSection code, Abbreviations abbreviations)
    {
        Dictionary<uint, uint> addresses = Addresses(section, code);
        byte[] data = section.Data;
        for (int at = 0; at < data.Length;)
        {
            int end = at + 4 + (int)Word(data, at);
            uint address = 0;
            at += 11;                                                                    // unit_length, version, debug_abbrev_offset, address_size
            while (at < end)
            {
                ulong number = Leb128.ReadUnsigned(data, ref at);
                if (number == 0) continue;
                foreach ((int name, int form) in abbreviations[number])
                {
                    if (name == LowPc && form == FormAddress && addresses.TryGetValue((uint)at, out uint low)) address = low;
                    if (form == FormExpression)
                    {
                        int expression = at;
                        int length = (int)Leb128.ReadUnsigned(data, ref expression);
                        ReadExpression(data, expression, length, address);
                    }
                    Abbreviations.Skip(data, ref at, form);
                }
            }
        }
    }

    /// <summary>RyuJIT names r11 in an expression's first operation only: a variable, or the address of one.</summary>
    private void ReadExpression(byte[] data, int at, int length, uint address)
    {
        if (length == 0 || data[at] != OfFp) return;
        if (!_places.TryGetValue(address, out List<(byte[] Data, int At)>? list)) _places[address] = list = [];
        list.Add((data, at));
    }

    private static Dictionary<uint, uint> Addresses(ElfSection section, ElfSection code)
    {
        Dictionary<uint, uint> addresses = [];
        foreach (ElfRelocation relocation in section.Relocations.Where(relocation => relocation.Symbol.Section == code))
        {
            uint addend = Word(section.Data, (int)relocation.Offset);
            addresses[relocation.Offset] = (relocation.Symbol.Type == ElfSymbol.SectionType ? addend : relocation.Symbol.Value + addend) & ~1u;
        }
        return addresses;
    }

    private static uint Word(byte[] data, int at) => BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at));
}
