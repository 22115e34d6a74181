using System.Text;
using System.Text.RegularExpressions;

namespace SharpProbe.Sim.Elf;

/// <summary>
/// C# names from the compiler's symbols. ilc writes a method as assembly, namespaces, nested types, all joined with one underscore, then two underscores
/// and the method; overloads get a number, generic arguments stand in angle brackets, and every other character becomes an underscore.
/// An underscore in the source cannot be told from a dot, so such a name comes out with a dot.
/// </summary>
public static partial class ManagedName
{
    private const string CoreLibrary = "S_P_CoreLib_", Root = "SharpProbe";

    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["UInt8"] = "byte", ["Byte"] = "byte", ["Int8"] = "sbyte", ["SByte"] = "sbyte", ["UInt16"] = "ushort", ["Int16"] = "short",
        ["UInt32"] = "uint", ["Int32"] = "int", ["UInt64"] = "ulong", ["Int64"] = "long", ["Boolean"] = "bool", ["Char"] = "char",
        ["Single"] = "float", ["Double"] = "double", ["String"] = "string", ["Object"] = "object", ["IntPtr"] = "nint", ["UIntPtr"] = "nuint",
    };

    /// <summary>The C# name of a symbol; a symbol that is no method (an export, a helper, C code) stays as it is.</summary>
    public static string OfSymbol(string symbol)
    {
        if (symbol.StartsWith("__", StringComparison.Ordinal)) return symbol;
        var closure = Closure().Match(symbol);
        if (closure.Success) return $"{OfType(closure.Groups[1].Value)}.{OfMethod(closure.Groups[2].Value)}";
        int split = SplitOf(symbol);
        return split <= 0 ? symbol : $"{OfType(symbol[..split])}.{OfMethod(symbol[(split + 2)..])}";
    }

    /// <summary>Type and method as DWARF gives them apart. DWARF leaves out a method's generic arguments; its linkage name has them.</summary>
    public static string Of(string type, string method, string? linkageName = null)
    {
        var closure = ClosureType().Match(type);
        string generic = "";
        if (linkageName is not null && SplitOf(linkageName) is > 0 and var split && linkageName.IndexOf('<', split + 3) is > 0 and var open && !method.Contains('<'))
            generic = linkageName[open..];
        return $"{OfType(closure.Success ? closure.Groups[1].Value : type)}.{OfMethod(method + generic)}";
    }

    /// <summary>"S_P_CoreLib_System_Span_1&lt;UInt8&gt;" becomes "System.Span&lt;byte&gt;".</summary>
    public static string OfType(string mangled)
    {
        var result = new StringBuilder();
        int start = 0, depth = 0;
        for (int i = 0; i <= mangled.Length; i++)
        {
            char at = i < mangled.Length ? mangled[i] : '\0';
            if (at == '<' && depth++ == 0)
            {
                result.Append(PlainType(Arity().Replace(mangled[start..i], "")));
                start = i + 1;
            }
            else if (at == '>' && depth > 0 && --depth == 0)
            {
                result.Append('<').AppendJoin(", ", Arguments(mangled[start..i]).Select(OfType)).Append('>');
                start = i + 1;
            }
            else if (at == '\0' && start < i) result.Append(PlainType(mangled[start..i]));
        }
        return result.ToString();
    }

    private static string OfMethod(string method)
    {
        if (method is "_ctor" or ".ctor") return "ctor";
        if (method is "_cctor" or ".cctor") return "cctor";
        int generic = method.IndexOf('<', Math.Min(1, method.Length));
        if (generic > 0 && method.EndsWith('>') && method[0] != '<')
            return $"{OfMethod(method[..generic])}<{string.Join(", ", Arguments(method[(generic + 1)..^1]).Select(OfType))}>";
        var inner = Inner().Match(method);
        if (inner.Success) return inner.Groups[2].Value == "b" ? $"{inner.Groups[1].Value}.lambda" : $"{inner.Groups[1].Value}.{LocalNumber().Replace(inner.Groups[3].Value, "")}";
        return Overload().Replace(method, "");
    }

    private static string PlainType(string mangled)
    {
        if (Keywords.TryGetValue(mangled, out var keyword)) return keyword;
        if (mangled.StartsWith(CoreLibrary, StringComparison.Ordinal))
        {
            string inside = mangled[CoreLibrary.Length..];
            return inside.StartsWith("System_", StringComparison.Ordinal) && Keywords.TryGetValue(inside["System_".Length..], out keyword) ? keyword : Dotted(inside);
        }
        int assembly = mangled.IndexOf('_');
        if (assembly <= 0) return mangled;
        // An assembly whose own name has the root namespace in front has dots in it: its end is where the namespace starts again.
        int again = mangled.StartsWith(Root, StringComparison.Ordinal) ? mangled.LastIndexOf('_' + Root + '_', StringComparison.Ordinal) : -1;
        return Dotted(mangled[((again > 0 ? again : assembly) + 1)..]);
    }

    // A number between two names is how many type arguments the outer type takes: Probe_2_Ports.
    private static string Dotted(string name) => InnerArity().Replace(name, "").Replace('_', '.');

    // Commas, or two underscores as ilc joins them, but not inside further brackets.
    private static IEnumerable<string> Arguments(string list)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] == '<') depth++;
            else if (list[i] == '>') depth--;
            else if (depth == 0 && i > start && (list[i] == ',' || list[i] == '_' && i + 1 < list.Length && list[i + 1] == '_'))
            {
                yield return list[start..i].Trim();
                start = i + (list[i] == ',' ? 1 : 2);
            }
        }
        yield return list[start..].Trim();
    }

    // The first double underscore outside brackets; at the very start it marks a helper of the compiler, not a method.
    private static int SplitOf(string symbol)
    {
        int depth = 0;
        for (int i = 0; i + 2 < symbol.Length; i++)
        {
            if (symbol[i] == '<') depth++;
            else if (symbol[i] == '>') depth--;
            else if (depth == 0 && symbol[i] == '_' && symbol[i + 1] == '_') return i;
        }
        return -1;
    }

    [GeneratedRegex(@"^(.+?)___c(?:__DisplayClass\d+_\d+)?__(_.+)$")] private static partial Regex Closure();
    [GeneratedRegex(@"^(.+?)___c(?:__DisplayClass\d+_\d+)?$")] private static partial Regex ClosureType();
    [GeneratedRegex(@"^[_<](.+?)[_>]([bg])__(.*)$")] private static partial Regex Inner();
    [GeneratedRegex(@"[_|]\d+_\d+$")] private static partial Regex LocalNumber();
    [GeneratedRegex(@"_\d+(?=_)")] private static partial Regex InnerArity();
    [GeneratedRegex(@"_\d+$")] private static partial Regex Arity();
    [GeneratedRegex(@"_\d+$")] private static partial Regex Overload();
}
