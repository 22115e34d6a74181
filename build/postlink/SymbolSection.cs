using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// The table from which a crash report names the C# function. Section .symbols holds the code's address, u32; two counts, u16: of entries, and of codes that stand for a letter; those letters; what
/// the other codes stand for, two codes each; the entries' distances, each from the one before, in halfwords, as ULEB128; the names as such codes (<see cref="PairCoding"/>). A name is its type's
/// and a byte 1, left out where it is that of the entry before, then the method's and a zero byte, without namespaces. A run of functions of the core library is one entry; one with an empty name ends the code.
/// </summary>
static partial class SymbolSection
{
    private const string CoreLibrary = "(core library)";
    private const char EndOfType = '\x01', EndOfName = '\0';

    /// <summary>The firmware's reader has room for twice as many letters (firmware/app/SymbolTable.cs).</summary>
    private const int LongestName = 64;

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
        List<byte> distances = [];
        StringBuilder text = new();
        uint last = 0;
        string? type = null;
        foreach ((uint distance, string whole) in entries)
        {
            string name = whole[..Math.Min(whole.Length, LongestName)];
            Leb128.WriteUnsigned(distances, distance - last >> 1);
            last = distance;
            int dot = TypeLength(name);
            string of = dot < 0 ? "" : name[..dot];
            if (of != type) text.Append(of).Append(EndOfType);
            type = of;
            text.Append(name.AsSpan(dot + 1)).Append(EndOfName);
        }
        PairCoding coding = new(text.ToString());
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(head, code);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), (ushort)coding.Letters.Length);
        byte[] pairs = new byte[(256 - coding.Letters.Length) * 2];
        for (int i = 0; i < coding.Pairs.Count; i++) (pairs[i * 2], pairs[i * 2 + 1]) = coding.Pairs[i];
        return [.. head, .. coding.Letters, .. pairs, .. distances, .. coding.Text];
    }

    /// <summary>Of "Type.Method" and "Type..ctor"; -1: no type.</summary>
    private static int TypeLength(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 && name[dot - 1] == '.' ? dot - 1 : dot;
    }

    /// <summary>Parts in front of the type, also in type arguments: all but the last two of a chain, all but the last where none follows as a member.</summary>
    [GeneratedRegex(@"\b(?:\w+\.)+(?=\w+(?:<[^()]*>)?\.\.?\w+(?:<[^>]*>)?$|\w+[,>])")]
    private static partial Regex Namespaces();
}
