using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>Gives the items new offsets and writes the code section anew.</summary>
sealed class Layout(ElfSection code, List<Function> functions)
{
    private const uint SectionAlignment = 4;

    private readonly Dictionary<uint, uint> _moved = [];
    private uint _size;

    /// <summary>Chooses encodings: sizes start at the largest and only shrink, so every pass stays valid.</summary>
    public void Place()
    {
        foreach (CodeItem item in functions.SelectMany(function => function.Items)) item.NewSize = FirstSize(item);
        Settle();
        LiteralPools.Assign(functions);
        Settle();
    }

    private void Settle()
    {
        do AssignOffsets();
        while (Narrow());
    }

    /// <summary>False inside a function that was dropped.</summary>
    public bool IsKept(uint old) => !functions.Exists(function => function.IsDropped && old >= function.OldOffset && old < function.OldOffset + function.OldSize);

    /// <summary>Where an old offset of the code section went. The end of a function stays the end of what is left of it.</summary>
    public uint Map(uint old)
    {
        if (_moved.TryGetValue(old, out uint offset)) return offset;
        Function? function = functions.Find(function => old >= function.OldOffset && old <= function.OldOffset + function.OldSize);
        if (function == null) return old >= code.Size ? _size : functions.First(next => next.OldOffset > old).NewOffset;
        CodeItem? next = function.Items.Find(item => item.OldOffset >= old);
        return next?.NewOffset ?? function.NewOffset + function.NewSize;
    }

    /// <summary>End of a range that begins at start: the end of a function, not the aligned start of the next.</summary>
    public uint MapEnd(uint start, uint end)
    {
        Function? function = functions.Find(function => start >= function.OldOffset && start < function.OldOffset + function.OldSize);
        return function != null && end == function.OldOffset + function.OldSize ? function.NewOffset + function.NewSize : Map(end);
    }

    /// <summary>Writes bytes and relocations of the code, moves symbols, and corrects what other sections say about the code.</summary>
    public void Apply(ElfObject file)
    {
        byte[] bytes = new byte[_size];
        List<ElfRelocation> relocations = [];
        foreach (CodeItem item in functions.SelectMany(function => function.Items)) Emit(item, bytes, relocations);
        foreach (LiteralPool pool in functions.Select(function => function.Pool).OfType<LiteralPool>()) Emit(pool, bytes, relocations);
        PatchReferences(file);
        file.Symbols.RemoveAll(symbol => symbol.Section == code && symbol.Type == ElfSymbol.Function && !IsKept(symbol.Value & ~1u));
        foreach (ElfSymbol symbol in file.Symbols.Where(symbol => symbol.Section == code && symbol.Type != ElfSymbol.SectionType))
        {
            uint start = symbol.Value & ~1u;
            uint moved = Map(start);
            if (symbol.Size != 0) symbol.Size = MapEnd(start, start + symbol.Size) - moved;
            symbol.Value = moved | (symbol.Value & 1);
        }
        MarkPools(file);
        code.Data = bytes;
        code.Size = _size;
        code.Relocations = relocations;
    }

    private static uint FirstSize(CodeItem item) => item.Kind switch
    {
        CodeKind.Removed => 0,
        CodeKind.Call or CodeKind.Jump or CodeKind.Branch => 4,
        CodeKind.Address or CodeKind.Constant => 8,
        CodeKind.Plain => (uint)item.HalfWords.Length * 2,
        _ => item.OldSize,
    };

    private void AssignOffsets()
    {
        uint at = 0;
        _moved.Clear();
        foreach (Function function in functions)
        {
            if (!function.IsDropped && (function.HasLoop || function.IsPointedAt)) at = (at + 3) & ~3u;      // loops are fetched by words
            function.NewOffset = at;
            foreach (CodeItem item in function.Items)
            {
                item.NewOffset = at;
                _moved[item.OldOffset] = at;
                at += item.NewSize;
            }
            function.NewSize = at - function.NewOffset;
            if (function.Pool is not { } pool) continue;
            pool.NewOffset = (at + 3) & ~3u;
            at = pool.NewOffset + pool.Size;
        }
        _size = (at + SectionAlignment - 1) & ~(SectionAlignment - 1);
    }

    /// <summary>Wide branches whose target came near become narrow, and those after a comparison with zero CBZ or CBNZ.</summary>
    private bool Narrow()
    {
        bool changed = false;
        foreach (CodeItem item in functions.SelectMany(function => function.Items).Where(item => item.Kind == CodeKind.Branch))
        {
            int distance = Distance(item);
            int reach = item.Condition == CodeItem.Always ? 2046 : 254;
            if (item.ZeroTest is { } test && distance is >= 0 and <= 126)
            {
                ZeroBranch.Join(test, item);
                test.NewSize = 0;
            }
            else if (item.NewSize == 2 || distance > reach || distance < -reach - 2) continue;
            item.NewSize = 2;
            changed = true;
        }
        return changed;
    }

    private int Distance(CodeItem item) => (int)(_moved[item.Target] - (item.NewOffset + 4));

    private void Emit(CodeItem item, byte[] bytes, List<ElfRelocation> relocations)
    {
        ushort[] halfWords = item.Kind switch
        {
            CodeKind.Removed => [],
            CodeKind.Branch => Thumb.Branch(Distance(item), item.Condition, wide: item.NewSize == 4),
            CodeKind.CompareBranch => CompareBranch(item),
            CodeKind.Call or CodeKind.Jump when item.Symbol != null => [0xF7FF, (ushort)(item.Kind == CodeKind.Call ? 0xFFFE : 0xBFFE)],     // the addend -4 in place
            CodeKind.Call => Thumb.Call(Distance(item)),
            CodeKind.Jump => Thumb.Branch(Distance(item), CodeItem.Always, wide: true),
            CodeKind.Address or CodeKind.Constant when item.Pool is { } pool => [Thumb.LoadLiteral(item.Register, pool.OffsetOf(item) - (item.NewOffset + 4 & ~3u))],
            CodeKind.Address => Thumb.Address(item.Register, 0),                           // the linker's, from the symbol
            CodeKind.Constant => Thumb.Address(item.Register, item.Target),
            _ => item.HalfWords,
        };
        if (halfWords.Length * 2 != item.NewSize) throw new InvalidOperationException($"size of item at +0x{item.OldOffset:X}");
        for (int i = 0; i < halfWords.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((int)item.NewOffset + i * 2), halfWords[i]);
        if (item.Symbol == null || item.Pool != null) return;
        if (item.Kind == CodeKind.Address)
        {
            relocations.Add(new ElfRelocation(item.NewOffset, ElfRelocation.MovwAbs, item.Symbol));
            relocations.Add(new ElfRelocation(item.NewOffset + 4, ElfRelocation.MovtAbs, item.Symbol));
        }
        else if (item.Kind is CodeKind.Call or CodeKind.Jump)
        {
            relocations.Add(new ElfRelocation(item.NewOffset, item.Kind == CodeKind.Call ? ElfRelocation.ThumbCall : ElfRelocation.ThumbJump24, item.Symbol));
        }
    }

    private static void Emit(LiteralPool pool, byte[] bytes, List<ElfRelocation> relocations)
    {
        uint at = pool.NewOffset;
        foreach ((ElfSymbol? symbol, uint value) in pool.Words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)at), value);
            if (symbol != null) relocations.Add(new ElfRelocation(at, ElfRelocation.Abs32, symbol));
            at += 4;
        }
    }

    /// <summary>Mapping symbols, so that a disassembler shows words there (ELF for the Arm Architecture, 5.5.5).</summary>
    private void MarkPools(ElfObject file)
    {
        foreach (LiteralPool pool in functions.Select(function => function.Pool).OfType<LiteralPool>())
        {
            file.Symbols.Add(new ElfSymbol { Name = "$d", Value = pool.NewOffset, Section = code });
            file.Symbols.Add(new ElfSymbol { Name = "$t", Value = pool.NewOffset + pool.Size, Section = code });
        }
    }

    /// <summary>CBZ reaches forward only, from the second next instruction on. Where all between is gone, branch and fall-through are one: a NOP.</summary>
    private ushort[] CompareBranch(CodeItem item)
    {
        int distance = Distance(item);
        return distance < 0 ? [0xBF00] : [(ushort)(item.HalfWords[0] & 0xFD07 | (distance >> 6 & 1) << 9 | (distance >> 1 & 31) << 3)];
    }

    private void PatchReferences(ElfObject file)
    {
        foreach (ElfSection section in file.Sections.Where(section => section != code))
        {
            // ilc leaves the Thumb bit in DWARF addresses; debuggers count from the instruction.
            uint thumb = section.Name.StartsWith(".debug", StringComparison.Ordinal) ? 0u : 1u;
            foreach (ElfRelocation relocation in section.Relocations.Where(relocation => relocation.Symbol.Section == code))
            {
                if (relocation.Type is not (ElfRelocation.Abs32 or ElfRelocation.Rel32)) continue;         // movw, movt and branches in .text name functions
                Span<byte> place = section.Data.AsSpan((int)relocation.Offset);
                uint addend = BinaryPrimitives.ReadUInt32LittleEndian(place);
                if (relocation.Symbol.Type == ElfSymbol.SectionType) BinaryPrimitives.WriteUInt32LittleEndian(place, Map(addend & ~1u) | (addend & thumb));
                else if (addend != 0) BinaryPrimitives.WriteUInt32LittleEndian(place, Map((relocation.Symbol.Value & ~1u) + addend) - Map(relocation.Symbol.Value & ~1u));
            }
        }
    }
}
