using SharpProbe.Build.Elf;

namespace SharpProbe.Build.Link;

/// <summary>
/// ilc puts whatever has addresses in it into .data, as a loader of an operating system writes them there: types with their tables of virtual methods, strings, the image's directory. Here the linker
/// knows them, and nobody writes them later: they go to flash. Words that a runtime library would keep for each type go away. What else is in .data and .bss, and what is not known here, stays.
/// </summary>
sealed class ConstantData(ElfObject file)
{
    private const uint Allocated = 2, Alignment = 8;

    private static readonly string[] s_constant = ["_ZTV", "__Str_", "__GCStaticEEType_", "__GCStaticRegion", "__ReadyToRunHeader", "__FrozenSegmentStart", "__typemanager_indirection", "__module_initializers", "__InterfaceDispatchCellSection", "g_compilerEmbedded"];

    private readonly ElfSection _constant = new(".rodata.types") { Flags = Allocated, Alignment = 4 };

    public void Run()
    {
        foreach (ElfSection section in file.Sections) section.Relocations.RemoveAll(relocation => IsUnused(relocation.Symbol.Name));
        file.Sections.Add(_constant);
        if (file.Section(".data") is { } data)
        {
            NameDistances(data);
            Split(data, names => names.Count != 0 && names.TrueForAll(name => Array.Exists(s_constant, start => name.StartsWith(start, StringComparison.Ordinal))) ? _constant : data);
        }
        if (file.Section(".bss") is { } bss) Split(bss, names => names.Count != 0 && names.TrueForAll(IsUnused) ? null : bss);
        file.Symbols.RemoveAll(symbol => IsUnused(symbol.Name));
        if (_constant.Data.Length == 0) file.Sections.Remove(_constant);
    }

    private static bool IsUnused(string name) => name.StartsWith("__writableData", StringComparison.Ordinal);

    /// <summary>Distances within the section, which ilc has put there as numbers, become the linker's work: the list of static fields' cells, and each cell's way to the type of what it will hold (zerolib's Startup).</summary>
    private void NameDistances(ElfSection data)
    {
        Dictionary<uint, ElfSymbol> symbols = [];
        foreach (ElfSymbol symbol in file.Symbols.Where(symbol => symbol.Section == data && symbol.Type != ElfSymbol.SectionType)) symbols.TryAdd(symbol.Value, symbol);
        ElfSymbol? list = file.Symbols.Find(symbol => symbol.Name == "__GCStaticRegion");
        if (list == null) return;
        uint end = symbols.Keys.Where(value => value > list.Value).Append(data.Size).Min();
        for (uint at = list.Value; at < end; at += 4)
        {
            uint cell = Name(at, 0);
            uint flags = Word(data, cell) & 3;
            Name(cell, flags);
            if ((flags & 2) != 0) Name(cell + 4, 0);
        }

        uint Name(uint at, uint flags)
        {
            uint target = at + Word(data, at) - flags;
            int named = data.Relocations.FindIndex(relocation => relocation.Offset == at);
            if (named >= 0) return data.Relocations[named].Symbol.Value;
            if (!symbols.TryGetValue(target, out ElfSymbol? symbol)) throw new BuildError($"the list of static fields leads to nothing at .data+0x{at:X}");
            data.Relocations.Add(new(at, ElfRelocation.Rel32, symbol));
            BitConverter.TryWriteBytes(data.Data.AsSpan((int)at), flags);
            return target;
        }
    }

    private static uint Word(ElfSection section, uint offset) => BitConverter.ToUInt32(section.Data, (int)offset);

    /// <param name="from">What lies between two of its symbols is one piece.</param>
    /// <param name="choose">By the names of a piece; null: it goes away.</param>
    private void Split(ElfSection from, Func<List<string>, ElfSection?> choose)
    {
        ILookup<uint, ElfSymbol> symbols = file.Symbols.Where(symbol => symbol.Section == from && symbol.Type != ElfSymbol.SectionType).ToLookup(symbol => symbol.Value);
        List<uint> starts = [.. symbols.Select(group => group.Key).Where(start => start < from.Size).Append(0u).Distinct().Order()];
        List<Piece> pieces = [];
        Dictionary<ElfSection, MemoryStream> contents = new() { [from] = new(), [_constant] = new(_constant.Data.Length) };
        contents[_constant].Write(_constant.Data);
        byte[] bytes = from.Type == ElfSection.NoBits ? new byte[from.Size] : from.Data;
        for (int i = 0; i < starts.Count; i++)
        {
            uint start = starts[i], end = i + 1 < starts.Count ? starts[i + 1] : from.Size;
            ElfSection? to = choose([.. symbols[start].Select(symbol => symbol.Name)]);
            uint moved = 0;
            if (to != null)
            {
                MemoryStream content = contents[to];
                while ((content.Length - start) % Alignment != 0) content.WriteByte(0);
                moved = (uint)content.Length;
                content.Write(bytes, (int)start, (int)(end - start));
            }
            pieces.Add(new(start, end, to, moved));
        }
        ElfRelocation[] relocations = [.. from.Relocations];
        from.Relocations = [];
        foreach (ElfRelocation relocation in relocations)
        {
            Piece piece = Find(pieces, relocation.Offset);
            piece.To?.Relocations.Add(relocation with { Offset = piece.Map(relocation.Offset) });
        }
        Replace(from, contents[from]);
        Replace(_constant, contents[_constant]);
        foreach (ElfSymbol symbol in symbols.SelectMany(group => group))
        {
            Piece piece = Find(pieces, symbol.Value);
            (symbol.Section, symbol.Value) = (piece.To, piece.Map(symbol.Value));
        }
        NameInDebugInfo(from, pieces);
    }

    /// <summary>Debug information says where static variables are by the section's start; they all stay in their section.</summary>
    private void NameInDebugInfo(ElfSection from, List<Piece> pieces)
    {
        foreach (ElfSection section in file.Sections)
            foreach (ElfRelocation relocation in section.Relocations.Where(relocation => relocation.Symbol.Section == from && relocation.Symbol.Type == ElfSymbol.SectionType))
            {
                Span<byte> place = section.Data.AsSpan((int)relocation.Offset, 4);
                uint addend = BitConverter.ToUInt32(place);
                if (Find(pieces, addend) is var piece && piece.To == from) BitConverter.TryWriteBytes(place, piece.Map(addend));
            }
    }

    private static Piece Find(List<Piece> pieces, uint offset) => pieces.FindLast(piece => piece.Start <= offset);

    private static void Replace(ElfSection section, MemoryStream content)
    {
        section.Size = (uint)content.Length;
        if (section.Type != ElfSection.NoBits) section.Data = content.ToArray();
    }

    private readonly record struct Piece(uint Start, uint End, ElfSection? To, uint Moved)
    {
        public uint Map(uint offset) => offset - Start + Moved;
    }
}
