using System.Buffers.Binary;
using System.Text.RegularExpressions;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// The table from which a crash report names the C# function: section .symbols holds u32 count, then count entries { u32 address, u32 name offset from the section's
/// start } sorted by address, then NUL-terminated ASCII names, without namespaces. A run of functions of the core library is one entry; an entry with an empty name ends the code.
/// </summary>
static partial class SymbolSection
{
    private const string CoreLibrary = "(core library)";

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

        byte[] table = new byte[4 + entries.Count * 8];
        List<byte> text = [];
        Dictionary<string, uint> offsets = [];
        ElfSymbol origin = file.Symbols.First(symbol => symbol.Section == code && symbol.Type == ElfSymbol.SectionType);
        ElfSection section = new(".symbols") { Flags = 2, Alignment = 4 };
        BinaryPrimitives.WriteUInt32LittleEndian(table, (uint)entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            (uint address, string name) = entries[i];
            if (!offsets.TryGetValue(name, out uint offset))
            {
                offsets[name] = offset = (uint)(table.Length + text.Count);
                text.AddRange(name.Select(letter => letter < 128 ? (byte)letter : (byte)'?'));
                text.Add(0);
            }
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4 + i * 8), address);
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8 + i * 8), offset);
            section.Relocations.Add(new ElfRelocation((uint)(4 + i * 8), ElfRelocation.Abs32, origin));
        }
        section.Data = [.. table, .. text];
        section.Size = (uint)section.Data.Length;
        return section;
    }

    /// <summary>Parts in front of the type, also in type arguments: all but the last two of a chain, all but the last where none follows as a member.</summary>
    [GeneratedRegex(@"\b(?:\w+\.)+(?=\w+(?:<[^()]*>)?\.\w+(?:<[^>]*>)?$|\w+[,>])")]
    private static partial Regex Namespaces();
}
