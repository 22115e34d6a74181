using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// Changes the compiler's object before it is linked: a call to an intrinsic becomes the instruction, a call to a method in reach becomes BL, barriers that
/// RyuJIT adds around volatile accesses for multi-core Arm go away (one Cortex-M7 observes its own accesses in order), and the code closes up.
/// </summary>
sealed class Rewriter(ElfObject file, IReadOnlyList<MethodName> methods, bool nearCalls)
{
    private const string CodeSection = "__managedcode", ThunkSuffix = "$thunk", ThunkSection = ".text.thunks";

    /// <summary>Registers that a call destroys: what was in one before the call is not read after it (AAPCS32, 6.1.1).</summary>
    private const int CallClobbered = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 12 | 1 << 14;

    private readonly ElfSection _code = file.Section(CodeSection) ?? throw new BuildError("the compiler's object has no code");
    private readonly RewriteReport _report = new();
    private List<Function> _functions = [];

    public RewriteReport Run()
    {
        DropUnwindTables();
        BypassThunks();
        _report.BytesBefore = (uint)_code.Data.Length;
        _functions = Functions();
        foreach (Function function in _functions) Rewrite(function);
        _report.GuardsRemoved = _functions.Sum(StackGuard.Remove);
        _report.NullChecksRemoved = _functions.Sum(NullCheck.Remove);
        FrameLocations locations = FrameLocations.Read(file, _code);
        _report.FramePointersRemoved = _functions.Count(function => FramePointer.Remove(function, locations));
        _report.FunctionsDropped = new Reachability(file, _code, _functions).Drop();
        foreach (Function function in _functions.Where(function => function is { IsDropped: false, IsTimed: false }))
        {
            _report.TailBytes += TailMerge.Apply(function);
            ZeroBranch.Find(function);
        }
        NameAddresses();
        MarkPointedAt();
        Layout layout = new(_code, _functions);
        layout.Place();
        new DebugInfo(file, _code, layout).Update();
        layout.Apply(file);
        _report.BytesAfter = (uint)_code.Data.Length;
        _report.Functions = _functions;
        file.Sections.Add(SymbolSection.Create(file, _code, _functions, methods));
        return _report;
    }

    private List<Function> Functions()
    {
        Decoder decoder = new(_code);
        HashSet<string> named = methods.Select(method => method.LinkerName).ToHashSet();
        List<Function> functions = [];
        uint end = 0;
        foreach (IGrouping<uint, ElfSymbol> group in file.Symbols.Where(symbol => symbol.Section == _code && symbol.Type == ElfSymbol.Function).GroupBy(symbol => symbol.Value & ~1u).OrderBy(group => group.Key))
        {
            // An exported method has two names, and folding gives equal methods one body: the name that ilc knows the method by.
            ElfSymbol symbol = group.OrderByDescending(symbol => symbol.Size).ThenByDescending(symbol => named.Contains(symbol.Name)).First();
            if (_code.Data.AsSpan((int)end, (int)(group.Key - end)).ContainsAnyExcept((byte)0)) throw new BuildError($"bytes between functions at +0x{end:X} of the compiler's code, before {symbol.Name}");
            functions.Add(decoder.Decode(symbol.Name, group.Key, symbol.Size));
            end = group.Key + symbol.Size;
        }
        if (decoder.Untaken.Any()) throw new BuildError($"the post-link step does not know the relocation at +0x{decoder.Untaken.First():X} of the compiler's code");
        return functions;
    }

    private void Rewrite(Function function)
    {
        Flow flow = new(function);
        for (int i = 0; i < function.Items.Count; i++)
        {
            CodeItem item = function.Items[i];
            if (item is { Kind: CodeKind.Plain, OldSize: 4, HalfWords: [0xF3BF, 0x8F5F] })
            {
                item.Kind = CodeKind.Removed;
                _report.BarriersRemoved++;
            }
            else if (item.Kind == CodeKind.Address && i + 1 < function.Items.Count)
            {
                RewriteCall(flow, i);
            }
        }
    }

    private void RewriteCall(Flow flow, int index)
    {
        List<CodeItem> items = flow.Items;
        CodeItem address = items[index];
        int use = BranchThrough(items, index, address.Register);
        if (use < 0) return;
        CodeItem branch = items[use];
        bool isCall = (branch.HalfWords[0] & 0x80) != 0;
        if (address.Symbol != null && Intrinsics.Table.TryGetValue(address.Symbol.Name, out ushort[]? instruction))
        {
            address.Kind = CodeKind.Removed;
            branch.HalfWords = isCall ? instruction : [.. instruction, 0x4770];        // a tail call returns: BX LR
            if (ReferenceStore.Fold(flow, use)) _report.StoresFolded++;
            _report.Intrinsics[address.Symbol.Name] = _report.Intrinsics.GetValueOrDefault(address.Symbol.Name) + 1;
            return;
        }
        if (!nearCalls || (CallClobbered >> address.Register & 1) == 0)
        {
            _report.CallsLeft++;
            return;
        }
        address.Kind = CodeKind.Removed;
        branch.Kind = isCall ? CodeKind.Call : CodeKind.Jump;
        branch.Target = address.Target & ~1u;
        branch.Symbol = address.Symbol;
        if (isCall) _report.CallsNear++;
        else _report.JumpsNear++;
    }

    /// <summary>
    /// The BLX or BX through the address with nothing between that names its register or goes elsewhere: a check for null, an epilogue. -1 where the address is used otherwise.
    /// </summary>
    private static int BranchThrough(List<CodeItem> items, int index, int register)
    {
        for (int i = index + 1; i < items.Count && !items[i].IsLabel; i++)
        {
            CodeItem item = items[i];
            if (item.Kind == CodeKind.Plain && item.OldSize == 2 && (item.HalfWords[0] & 0xFF07) == 0x4700 && item.Register == register) return i;
            if ((RegisterUse.Of(item) & (1 << register | RegisterUse.Pc)) != 0) return -1;
        }
        return -1;
    }

    /// <summary>ilc reaches an imported symbol X through a local jump named X$thunk. The linker can reach X itself.</summary>
    private void BypassThunks()
    {
        Dictionary<string, ElfSymbol> real = [];
        foreach (ElfSymbol symbol in file.Symbols.Where(symbol => symbol.IsUndefined && symbol.Name != "")) real.TryAdd(symbol.Name, symbol);
        foreach (ElfSection section in file.Sections)
        {
            section.Relocations = section.Relocations.Select(relocation => relocation with { Symbol = Direct(relocation.Symbol) }).ToList();
        }
        file.Symbols.RemoveAll(symbol => symbol.Name.EndsWith(ThunkSuffix, StringComparison.Ordinal) || (symbol.IsUndefined && symbol.Name != "" && real[symbol.Name] != symbol));
        file.Sections.RemoveAll(section => section.Name == ThunkSection);

        ElfSymbol Direct(ElfSymbol symbol)
        {
            string name = symbol.Name.EndsWith(ThunkSuffix, StringComparison.Ordinal) ? symbol.Name[..^ThunkSuffix.Length] : symbol.Name;
            return (symbol.IsUndefined || name != symbol.Name) && name != "" && real.TryGetValue(name, out ElfSymbol? direct) ? direct : symbol;
        }
    }

    /// <summary>An image has its place, so an address needs no add of pc: the linker puts it in, from the symbol of what it is of.</summary>
    private void NameAddresses()
    {
        Dictionary<uint, ElfSymbol> byOffset = [];
        foreach (ElfSymbol symbol in file.Symbols.Where(symbol => symbol.Section == _code && symbol.Type == ElfSymbol.Function)) byOffset.TryAdd(symbol.Value & ~1u, symbol);
        foreach (Function function in _functions)
            foreach (CodeItem item in function.Items.Where(item => item.Kind == CodeKind.Address && item.Symbol == null))
                item.Symbol = byOffset.GetValueOrDefault(item.Target & ~1u) ?? throw new BuildError($"{function.Name} takes the address of code that is no function (build/postlink/Rewriter.cs)");
    }

    private void MarkPointedAt()
    {
        Dictionary<uint, Function> byOffset = _functions.ToDictionary(function => function.OldOffset);
        foreach (CodeItem item in _functions.SelectMany(function => function.Items).Where(item => item.Kind == CodeKind.Address))
            if (item.Symbol!.Section == _code) Mark(item.Symbol.Value);
        foreach (ElfRelocation relocation in file.Sections.Where(section => section != _code && !section.Name.StartsWith(".debug", StringComparison.Ordinal)).SelectMany(section => section.Relocations))
            if (relocation.Symbol.Section == _code) Mark(relocation.Symbol.Value);

        void Mark(uint address)
        {
            if (byOffset.TryGetValue(address & ~1u, out Function? function)) function.IsPointedAt = true;
        }
    }

    private void DropUnwindTables()
    {
        file.Sections.RemoveAll(section => section.Name.StartsWith(".ARM.ex", StringComparison.Ordinal) || section.Name is ".debug_aranges" or "__modules" or ".comment" or ".note.GNU-stack");
        file.Symbols.RemoveAll(symbol => symbol.Name.StartsWith("_fram0", StringComparison.Ordinal) || symbol.Name.StartsWith("_extab0", StringComparison.Ordinal));
    }
}
