using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>Makes DWARF follow the code: sizes of functions, the line table and the ranges (DWARF 4). Plain addresses are relocations, which Layout corrects.</summary>
sealed class DebugInfo(ElfObject file, ElfSection code, Layout layout)
{
    private const int LowPc = 0x11, HighPc = 0x12, FormAddress = 0x01, FormData4 = 0x06;

    public void Update()
    {
        if (file.Section(".debug_info") is { } info && file.Section(".debug_abbrev") is { } abbreviations) UpdateSizes(info, new Abbreviations(abbreviations.Data));
        if (file.Section(".debug_line") is { } lines) new LineTable(lines, code, layout).Update();
        if (file.Section(".debug_ranges") is { } ranges) UpdateRanges(ranges);
    }

    /// <summary>DW_AT_high_pc of class constant is the function's length (DWARF 4, 2.17.2).</summary>
    private void UpdateSizes(ElfSection info, Abbreviations abbreviations)
    {
        HashSet<uint> inCode = info.Relocations.Where(relocation => relocation.Symbol.Section == code).Select(relocation => relocation.Offset).ToHashSet();
        byte[] data = info.Data;
        int at = 0;
        while (at < data.Length)
        {
            int end = at + 4 + (int)Word(data, at);
            at += 11;                                                                    // unit_length, version, debug_abbrev_offset, address_size
            while (at < end)
            {
                ulong number = Leb128.ReadUnsigned(data, ref at);
                if (number == 0) continue;
                uint? low = null;
                foreach ((int name, int form) in abbreviations[number])
                {
                    if (name == LowPc && form == FormAddress && inCode.Contains((uint)at)) low = Word(data, at) & ~1u;
                    if (name == HighPc && form == FormData4 && low is { } start)
                    {
                        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(at), layout.MapEnd(start, start + Word(data, at)) - layout.Map(start));
                    }
                    Abbreviations.Skip(data, ref at, form);
                }
            }
        }
    }

    /// <summary>Pairs of begin and end; those of sections that were dropped go.</summary>
    private void UpdateRanges(ElfSection ranges)
    {
        HashSet<ElfSection> alive = file.Sections.ToHashSet();
        Dictionary<uint, ElfRelocation> at = ranges.Relocations.ToDictionary(relocation => relocation.Offset);
        List<byte> data = [];
        List<ElfRelocation> relocations = [];
        for (uint offset = 0; offset + 8 <= ranges.Data.Length; offset += 8)
        {
            if (!at.TryGetValue(offset, out ElfRelocation begin) || !at.TryGetValue(offset + 4, out ElfRelocation end) || begin.Symbol.Section == null || !alive.Contains(begin.Symbol.Section)) continue;
            relocations.Add(begin with { Offset = (uint)data.Count });
            relocations.Add(end with { Offset = (uint)data.Count + 4 });
            data.AddRange(ranges.Data.AsSpan((int)offset, 8));
        }
        ranges.Data = [.. data, 0, 0, 0, 0, 0, 0, 0, 0];
        ranges.Size = (uint)ranges.Data.Length;
        ranges.Relocations = relocations;
    }

    private static uint Word(byte[] data, int at) => BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at));
}
