using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// Removes functions that nothing reaches. ilc keeps every exported method, so the core library's float and division helpers are in each image, called or not.
/// Roots: exports of the application (the linker script and the vector table name them) and whatever data refers to.
/// </summary>
sealed class Reachability(ElfObject file, ElfSection code, List<Function> functions)
{
    /// <summary>How ilc begins the linker names of System.Private.CoreLib.</summary>
    private const string CoreLibrary = "S_P_CoreLib_";

    private readonly Dictionary<uint, Function> _byOffset = functions.ToDictionary(function => function.OldOffset);
    private readonly HashSet<Function> _reached = [];
    private readonly Stack<Function> _open = [];

    /// <returns>How many went.</returns>
    public int Drop()
    {
        foreach (Function function in functions.Where(function => IsExported(function) && !function.Name.StartsWith(CoreLibrary, StringComparison.Ordinal))) Reach(function);
        foreach (ElfRelocation relocation in file.Sections.Where(section => section != code && !section.Name.StartsWith(".debug", StringComparison.Ordinal)).SelectMany(section => section.Relocations))
        {
            if (relocation.Symbol.Section != code) continue;
            if (relocation.Symbol.Type == ElfSymbol.SectionType) return 0;                // data that names code by offset: ilc emits none, and then everything stays
            ReachAt(relocation.Symbol.Value & ~1u);
        }
        while (_open.TryPop(out Function? function))
        {
            foreach (CodeItem item in function.Items.Where(item => item.Kind is CodeKind.Call or CodeKind.Jump or CodeKind.Address))
            {
                if (item.Symbol == null) ReachAt(item.Target & ~1u);
                else if (item.Symbol.Section == code) ReachAt(item.Symbol.Value & ~1u);
            }
        }
        foreach (Function function in functions.Where(function => !_reached.Contains(function)))
        {
            function.IsDropped = true;
            foreach (CodeItem item in function.Items) item.Kind = CodeKind.Removed;
        }
        return functions.Count - _reached.Count;
    }

    /// <summary>A global symbol of default visibility: what [RuntimeExport] makes. STV_DEFAULT is 0.</summary>
    private bool IsExported(Function function) => file.Symbols.Exists(symbol =>
        symbol.Section == code && symbol.Type == ElfSymbol.Function && !symbol.IsLocal && (symbol.Other & 3) == 0 && (symbol.Value & ~1u) == function.OldOffset);

    private void ReachAt(uint offset)
    {
        if (_byOffset.TryGetValue(offset, out Function? function)) Reach(function);
    }

    private void Reach(Function function)
    {
        if (_reached.Add(function)) _open.Push(function);
    }
}
