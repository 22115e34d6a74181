namespace SharpProbe.Sim.Elf;

/// <summary>
/// Collects the functions of .debug_info. ilc declares a method inside its class and gives the code in a second entry that refers to the first
/// (DW_AT_specification); gcc mostly has one entry for both.
/// </summary>
internal sealed class DwarfFunctions
{
    private const uint TagSubprogram = 0x2E, TagClass = 0x02, TagStructure = 0x13, TagNamespace = 0x39;
    private const uint Name = 0x03, LowPc = 0x11, HighPc = 0x12, AbstractOrigin = 0x31, Specification = 0x47, LinkageName = 0x6E;
    private const uint FormAddress = 0x01;

    private readonly DwarfSections _sections;
    private readonly Dictionary<ulong, Entry> _entries = [];

    public DwarfFunctions(DwarfSections sections)
    {
        _sections = sections;
        var section = sections.Info.Span;
        for (int at = 0; at < section.Length;)
        {
            var c = new DwarfCursor(section, at);
            int end = c.UnitEnd();
            ReadUnit(ref c, at, end);
            at = end;
        }
    }

    public IEnumerable<DwarfFunction> All()
    {
        foreach (var e in _entries.Values)
            if (e.Size != 0 && Declaration(e) is { Name: { } name } d)
                yield return new(e.Address & ~1u, e.Size, name, d.Type, d.LinkageName ?? e.LinkageName);
    }

    // Follows specification and abstract origin to the entry that has the name; at most a few steps in a sound file.
    private Entry? Declaration(Entry e)
    {
        for (int i = 0; i < 4 && e.Name is null; i++)
            if (!_entries.TryGetValue(e.Reference, out e!)) return null;
        return e;
    }

    private void ReadUnit(ref DwarfCursor c, int unit, int end)
    {
        int version = c.Half();
        if (version is < 2 or > 5) return;
        uint abbreviations;
        if (version >= 5)
        {
            byte unitType = c.Byte();
            c.Skip(1);
            abbreviations = c.Offset();
            if (unitType != 1) return;                       // DW_UT_compile: split and type units hold no code of ours
        }
        else
        {
            abbreviations = c.Offset();
            c.Skip(1);
        }
        var table = DwarfAbbreviation.ReadTable(_sections.Abbreviations.Span, (int)abbreviations);
        var types = new Stack<string?>();
        string? type = null;
        while (c.At < end)
        {
            int at = c.At;
            ulong code = c.Unsigned();
            if (code == 0)
            {
                if (types.Count != 0) type = types.Pop();
                continue;
            }
            if (!table.TryGetValue(code, out var abbreviation)) throw new InvalidDataException($"DWARF abbreviation {code} is not declared");
            var entry = ReadEntry(ref c, abbreviation, unit, version);
            if (abbreviation.Tag == TagSubprogram)
            {
                entry.Type = type;
                _entries[(ulong)at] = entry;
            }
            if (!abbreviation.HasChildren) continue;
            types.Push(type);
            if (abbreviation.Tag is TagClass or TagStructure or TagNamespace && entry.Name is { } name)
                type = type is null ? name : $"{type}.{name}";
        }
    }

    private Entry ReadEntry(ref DwarfCursor c, DwarfAbbreviation abbreviation, int unit, int version)
    {
        var e = new Entry();
        foreach (var (attribute, form, constant) in abbreviation.Attributes)
        {
            var value = DwarfForm.Read(ref c, form, constant, _sections, version);
            switch (attribute)
            {
                case Name: e.Name = value.Text; break;
                case LinkageName: e.LinkageName = value.Text; break;
                case LowPc: e.Address = (uint)value.Number; break;
                case HighPc: e.Size = form == FormAddress ? (uint)value.Number - e.Address : (uint)value.Number; break;
                case Specification or AbstractOrigin:
                    bool inUnit = form is >= DwarfForm.Reference1 and <= DwarfForm.ReferenceUnsigned;
                    e.Reference = value.Number + (inUnit ? (ulong)unit : 0);
                    break;
            }
        }
        return e;
    }

    private sealed class Entry
    {
        public string? Name, LinkageName, Type;
        public uint Address, Size;
        public ulong Reference;
    }
}
