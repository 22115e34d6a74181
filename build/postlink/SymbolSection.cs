using System.Buffers.Binary;
using System.Text.RegularExpressions;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// The table from which a crash report names the C# function. Section .symbols holds the code's address and a count, u32; count words sorted by address: bits 31:15 the distance from the code's
/// address in halfwords, bits 14:0 the place of the name among the names; the names: each the place of its type's name, u16, 0 where it has none, and NUL-terminated ASCII without namespaces;
/// a type's name is the text only. A run of functions of the core library is one entry; an entry with an empty name ends the code.
/// </summary>
static partial class SymbolSection
{
    private const string CoreLibrary = "(core library)";
    private const uint MostCode = 2 << 17, MostNames = 1 << 15;

    public static ElfSection Create(ElfObject file, ElfSection code, List<Function> functions, IReadOnlyList<MethodName> methods)
    {
        Dictionary<string, string> names = [];
        foreach (MethodName method in methods.Where(method => method.IsProduct)) names.TryAdd(method.LinkerName, Namespaces().Replace(method.FullName, ""));
        List<(uint Address, string Name)> entries = [];
        foreach (Function function in functions.Where(function => !function.IsDropped))
        {
            string name = names.GetValueOrDefault(function.Name, CoreLibrary);
            if (entries.Count == 0 || entries[^1].Name != name) entries.Add((function.NewOffset, name));
        }
        entries.Add((code.Size, ""));

        ElfSymbol origin = file.Symbols.First(symbol => symbol.Section == code && symbol.Type == ElfSymbol.SectionType);
        byte[] table = Table(0, entries);
        ElfSection section = new(".symbols") { Flags = 2, Alignment = 4, Data = table, Size = (uint)table.Length };
        section.Relocations.Add(new ElfRelocation(0, ElfRelocation.Abs32, origin));
        return section;
    }

    /// <summary>The table's bytes.</summary>
    /// <param name="code">The code's address.</param>
    /// <param name="entries">Addresses as distances from the code's, sorted; names as "Type.Method".</param>
    internal static byte[] Table(uint code, IReadOnlyList<(uint Distance, string Name)> entries)
    {
        SymbolNames names = new();
        byte[] table = new byte[8 + entries.Count * 4];
        BinaryPrimitives.WriteUInt32LittleEndian(table, code);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            (uint distance, string name) = entries[i];
            uint place = names.Place(name);
            if (distance >= MostCode || place >= MostNames) throw new BuildError($"{name}: code or names are too long for the table of function names (build/postlink/SymbolSection.cs)");
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8 + i * 4), distance >> 1 << 15 | place);
        }
        return [.. table, .. names.Bytes];
    }

    /// <summary>Parts in front of the type, also in type arguments: all but the last two of a chain, all but the last where none follows as a member.</summary>
    [GeneratedRegex(@"\b(?:\w+\.)+(?=\w+(?:<[^()]*>)?\.\w+(?:<[^>]*>)?$|\w+[,>])")]
    private static partial Regex Namespaces();
}
