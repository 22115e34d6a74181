namespace SharpProbe.Sim.Elf;

/// <summary>From an address to the C# function and source line, and back. DWARF gives the better names; the symbol table fills in what it does not cover.</summary>
public sealed class SymbolMap
{
    private readonly List<CodeRange> _functions = [];
    private readonly Dictionary<string, uint> _symbols = [];
    private readonly DwarfLines? _lines;

    private SymbolMap() { }

    public SymbolMap(ElfFile elf)
    {
        var sections = new DwarfSections(elf);
        var named = new Dictionary<uint, CodeRange>();
        try
        {
            _lines = new(sections);
            foreach (var f in new DwarfFunctions(sections).All())
                named[f.Address] = new(NameOf(f), f.LinkageName ?? f.Name, f.Address, f.Size);
        }
        catch (InvalidDataException e)
        {
            Warning = $"debug information is not readable: {e.Message}";
        }
        AddSymbols(elf, named);
        _functions.AddRange(named.Values.OrderBy(f => f.Address));
        foreach (var s in elf.Symbols)
            if (s.Section != 0) _symbols.TryAdd(s.Name, s.Address);
    }

    /// <summary>Knows no name: for raw binaries.</summary>
    public static SymbolMap Empty { get; } = new();

    /// <summary>Set when the debug sections are damaged; names then come from the symbol table alone.</summary>
    public string? Warning { get; }

    /// <summary>Functions in address order.</summary>
    public IReadOnlyList<CodeRange> Functions => _functions;

    /// <summary>The function that an address is in, or null.</summary>
    public CodeRange? Function(uint pc)
    {
        int low = 0, high = _functions.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            var f = _functions[middle];
            if (pc < f.Address) high = middle - 1;
            else if (f.Contains(pc)) return f;
            else low = middle + 1;
        }
        return null;
    }

    /// <summary>The source line of an address. A function's first instructions may come before its first row; they belong to that row, not to the function before.</summary>
    public SourceLine? Line(uint pc)
    {
        if (_lines is null) return null;
        return Function(pc) is { } f ? _lines.Find(pc, f.Address, f.Size) : _lines.Find(pc, 0, uint.MaxValue);
    }

    /// <summary>"SharpProbe.Gpio.Set +0x12 (Gpio.cs:34)", as much of it as is known; at least "0x08000123".</summary>
    public string Name(uint pc)
    {
        if (Function(pc) is not { } f) return $"0x{pc:X8}";
        string offset = pc == f.Address ? "" : $" +0x{pc - f.Address:X}";
        return Line(pc) is { } line ? $"{f.Name}{offset} ({line})" : f.Name + offset;
    }

    /// <summary>Address of a C# function ("SharpProbe.App.Program.Main") or of a symbol; null when there is none.</summary>
    public uint? AddressOf(string name)
    {
        if (_symbols.TryGetValue(name, out uint address)) return address;
        return _functions.Find(f => f.Name == name)?.Address;
    }

    private static string NameOf(DwarfFunction f) =>
        f.Type is null ? f.LinkageName is null ? f.Name : ManagedName.OfSymbol(f.LinkageName) : ManagedName.Of(f.Type, f.Name, f.LinkageName);

    private static void AddSymbols(ElfFile elf, Dictionary<uint, CodeRange> named)
    {
        var inDwarf = named.Values.OrderBy(f => f.Address).ToArray();
        var code = elf.Symbols.Where(s => IsCode(elf, s)).OrderBy(s => s.Address).ThenByDescending(s => s.Size).ThenByDescending(s => s.Global).ToArray();
        for (int i = 0; i < code.Length; i++)
        {
            var s = code[i];
            if (named.ContainsKey(s.Address) || inDwarf.Any(f => f.Contains(s.Address))) continue;
            var section = elf.Sections[s.Section];
            uint end = section.Address + section.Size;
            for (int next = i + 1; next < code.Length; next++)
                if (code[next].Address > s.Address)
                {
                    end = Math.Min(end, code[next].Address);
                    break;
                }
            uint size = s.Size != 0 ? s.Size : end - s.Address;
            named[s.Address] = new(ManagedName.OfSymbol(s.Name), s.Name, s.Address, size);
        }
    }

    // "$t" and "$d" mark code and data (ELF for the Arm Architecture, 5.5.5); "_fram..." are ilc's unwind labels.
    private static bool IsCode(ElfFile elf, ElfSymbol s) =>
        s.Name.Length != 0 && s.Name[0] != '$' && !s.Name.StartsWith("_fram", StringComparison.Ordinal)
        && s.Kind is ElfSymbolKind.Function or ElfSymbolKind.NoType && s.Section > 0 && s.Section < elf.Sections.Count && elf.Sections[s.Section] is { Executable: true } section
        && s.Address - section.Address < section.Size;
}
