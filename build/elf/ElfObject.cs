using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Build.Elf;

/// <summary>A 32-bit little-endian ELF file, relocatable or linked, as sections and symbols.</summary>
sealed class ElfObject
{
    private const int HeaderSize = 52, SectionHeaderSize = 40, SymbolSize = 16;

    public List<ElfSection> Sections { get; } = [];

    public List<ElfSymbol> Symbols { get; } = [];

    public uint Entry { get; private set; }

    /// <summary>e_flags: EABI5, hard-float.</summary>
    public uint Flags { get; private set; }

    /// <summary>PT_LOAD segments with bytes in the file: where they are loaded (LMA) and the bytes.</summary>
    public List<(uint Address, byte[] Bytes)> Segments { get; } = [];

    private readonly List<uint> _segmentOffsets = [];

    /// <summary>Where in the file the byte for a load address lies.</summary>
    public uint FileOffset(uint loadAddress)
    {
        int index = Segments.FindIndex(segment => loadAddress >= segment.Address && loadAddress - segment.Address < segment.Bytes.Length);
        return index >= 0 ? _segmentOffsets[index] + (loadAddress - Segments[index].Address) : throw new InvalidDataException($"no segment has bytes for 0x{loadAddress:X8}");
    }

    public static ElfObject Read(string file) => new(File.ReadAllBytes(file));

    public ElfObject()
    {
    }

    private ElfObject(byte[] file)
    {
        if (file.Length < HeaderSize || Word(file, 0) != 0x464C457F || file[4] != 1) throw new InvalidDataException("not a 32-bit ELF file");
        Entry = Word(file, 24);
        Flags = Word(file, 36);
        ReadSegments(file);
        uint table = Word(file, 32);
        int count = Half(file, 48);
        List<uint[]> headers = [];
        for (int i = 0; i < count; i++)
        {
            headers.Add(Enumerable.Range(0, 10).Select(field => Word(file, table + (uint)(i * SectionHeaderSize + field * 4))).ToArray());
        }
        uint names = headers[Half(file, 50)][4];
        ElfSection?[] byIndex = new ElfSection?[count];
        for (int i = 1; i < count; i++)
        {
            uint[] header = headers[i];
            if (header[1] is ElfSection.SymTab or ElfSection.Rel || (header[1] == ElfSection.StrTab)) continue;
            byIndex[i] = new ElfSection(Text(file, names + header[0]))
            {
                Type = header[1], Flags = header[2], Address = header[3], Size = header[5], Info = header[7], Alignment = header[8], EntrySize = header[9],
                Data = header[1] == ElfSection.NoBits ? [] : file.AsSpan((int)header[4], (int)header[5]).ToArray(),
            };
            Sections.Add(byIndex[i]!);
        }
        for (int i = 1; i < count; i++)
        {
            if (byIndex[i] != null && headers[i][6] < count) byIndex[i]!.Link = byIndex[headers[i][6]];
        }
        int symbols = headers.FindIndex(header => header[1] == ElfSection.SymTab);
        if (symbols < 0) return;
        ReadSymbols(file, headers[symbols], headers[(int)headers[symbols][6]][4], byIndex);
        foreach (uint[] header in headers.Where(header => header[1] == ElfSection.Rel && byIndex[header[7]] != null))
        {
            for (uint at = header[4]; at < header[4] + header[5]; at += 8)
            {
                uint info = Word(file, at + 4);
                byIndex[header[7]]!.Relocations.Add(new ElfRelocation(Word(file, at), (int)(info & 0xFF), Symbols[(int)(info >> 8)]));
            }
        }
    }

    public ElfSection? Section(string name) => Sections.Find(section => section.Name == name);

    /// <summary>Writes a relocatable object.</summary>
    public void Write(string file)
    {
        HashSet<ElfSection> alive = Sections.ToHashSet();
        List<ElfSymbol> symbols = Symbols.Skip(1).Where(symbol => symbol.Section == null || alive.Contains(symbol.Section)).ToList();
        symbols = [.. symbols.Where(symbol => symbol.IsLocal), .. symbols.Where(symbol => !symbol.IsLocal)];
        Dictionary<ElfSymbol, uint> symbolIndex = symbols.Select((symbol, index) => (symbol, index)).ToDictionary(pair => pair.symbol, pair => (uint)pair.index + 1);
        Dictionary<ElfSection, uint> sectionIndex = Sections.Select((section, index) => (section, index)).ToDictionary(pair => pair.section, pair => (uint)pair.index + 1);
        uint symbolTable = (uint)Sections.Count + 1;

        using MemoryStream output = new();
        output.Write(new byte[HeaderSize]);
        StringTable strings = new();
        List<uint[]> headers = [new uint[10]];
        foreach (ElfSection section in Sections)
        {
            uint offset = Append(output, section.Data, Math.Max(4, section.Alignment));
            uint link = section.Link != null && sectionIndex.TryGetValue(section.Link, out uint index) ? index : 0;
            uint size = section.Type == ElfSection.NoBits ? section.Size : (uint)section.Data.Length;
            headers.Add([strings.Add(section.Name), section.Type, section.Flags, 0, offset, size, link, section.Info, section.Alignment, section.EntrySize]);
        }
        byte[] table = new byte[(symbols.Count + 1) * SymbolSize];
        foreach ((ElfSymbol symbol, uint index) in symbolIndex) WriteSymbol(table.AsSpan((int)index * SymbolSize), symbol, strings, sectionIndex);
        uint firstGlobal = (uint)symbols.TakeWhile(symbol => symbol.IsLocal).Count() + 1;
        headers.Add([strings.Add(".symtab"), ElfSection.SymTab, 0, 0, Append(output, table, 4), (uint)table.Length, symbolTable + 1, firstGlobal, 4, SymbolSize]);
        int stringHeader = headers.Count;
        headers.Add(new uint[10]);
        foreach (ElfSection section in Sections.Where(section => section.Relocations.Count != 0))
        {
            byte[] entries = new byte[section.Relocations.Count * 8];
            for (int i = 0; i < section.Relocations.Count; i++)
            {
                ElfRelocation relocation = section.Relocations[i];
                Put(entries, i * 8, relocation.Offset);
                Put(entries, i * 8 + 4, symbolIndex[relocation.Symbol] << 8 | (uint)relocation.Type);
            }
            headers.Add([strings.Add(".rel" + section.Name), ElfSection.Rel, 0x40, 0, Append(output, entries, 4), (uint)entries.Length, symbolTable, sectionIndex[section], 4, 8]);
        }
        uint stringName = strings.Add(".strtab");
        byte[] text = strings.ToArray();
        headers[stringHeader] = [stringName, ElfSection.StrTab, 0, 0, Append(output, text, 1), (uint)text.Length, 0, 0, 1, 0];

        byte[] sectionTable = new byte[headers.Count * SectionHeaderSize];
        for (int i = 0; i < headers.Count; i++)
        {
            for (int field = 0; field < 10; field++) Put(sectionTable, i * SectionHeaderSize + field * 4, headers[i][field]);
        }
        uint tableOffset = Append(output, sectionTable, 4);
        byte[] bytes = output.ToArray();
        WriteHeader(bytes, tableOffset, headers.Count, stringHeader);
        File.WriteAllBytes(file, bytes);
    }

    private void WriteHeader(byte[] bytes, uint tableOffset, int sections, int names)
    {
        ReadOnlySpan<byte> identity = [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1];
        identity.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), 1);        // ET_REL
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), 40);       // EM_ARM
        Put(bytes, 20, 1);
        Put(bytes, 32, tableOffset);
        Put(bytes, 36, Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(40), HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(46), SectionHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(48), (ushort)sections);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(50), (ushort)names);
    }

    private static void WriteSymbol(Span<byte> entry, ElfSymbol symbol, StringTable strings, Dictionary<ElfSection, uint> sectionIndex)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, symbol.Name == "" ? 0 : strings.Add(symbol.Name));
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], symbol.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], symbol.Size);
        entry[12] = symbol.Info;
        entry[13] = symbol.Other;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[14..], symbol.Section == null ? symbol.Special : (ushort)sectionIndex[symbol.Section]);
    }

    private void ReadSegments(byte[] file)
    {
        uint table = Word(file, 28);
        for (int i = 0; i < Half(file, 44); i++)
        {
            uint at = table + (uint)(i * Half(file, 42));
            if (Word(file, at) != 1 || Word(file, at + 16) == 0) continue;
            _segmentOffsets.Add(Word(file, at + 4));
            Segments.Add((Word(file, at + 12), file.AsSpan((int)Word(file, at + 4), (int)Word(file, at + 16)).ToArray()));
        }
    }

    private void ReadSymbols(byte[] file, uint[] header, uint names, ElfSection?[] sections)
    {
        for (uint at = header[4]; at < header[4] + header[5]; at += SymbolSize)
        {
            ushort section = Half(file, (int)at + 14);
            Symbols.Add(new ElfSymbol
            {
                Name = Text(file, names + Word(file, at)), Value = Word(file, at + 4), Size = Word(file, at + 8), Info = file[at + 12], Other = file[at + 13],
                Section = section < sections.Length ? sections[section] : null,
                Special = section >= 0xFF00 ? section : (ushort)0,
            });
        }
    }

    private static uint Append(MemoryStream output, byte[] data, uint alignment)
    {
        while (output.Length % alignment != 0) output.WriteByte(0);
        uint offset = (uint)output.Length;
        output.Write(data);
        return offset;
    }

    private static uint Word(byte[] file, uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)offset));

    private static ushort Half(byte[] file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset));

    private static void Put(byte[] file, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);

    private static string Text(byte[] file, uint offset)
    {
        int end = Array.IndexOf(file, (byte)0, (int)offset);
        return Encoding.UTF8.GetString(file, (int)offset, end - (int)offset);
    }
}
