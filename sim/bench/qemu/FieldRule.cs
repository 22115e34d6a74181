using System.Text.RegularExpressions;

namespace SharpProbe.Sim.Qemu;

/// <summary>A constraint between fields, e.g. "t!=u", "i+w&lt;32", "r&gt;0", or one of the named ones.</summary>
public sealed partial class FieldRule
{
    private readonly string _left, _operation, _right;

    private readonly Check? _check;

    private FieldRule(string left, string operation, string right) => (_left, _operation, _right, _check) = (left, operation, right, Named.GetValueOrDefault(operation));

    private delegate bool Check(ReadOnlySpan<int> fields);

    private static readonly Dictionary<string, Check> Named = new()
    {
        // A modified immediate of the repeated forms must not be zero (ARM ARM A5.3.2).
        ["expand"] = f => f['i'] >> 10 != 0 || f['i'] >> 8 == 0 || (f['i'] & 0xFF) != 0,
        ["count>=2"] = f => int.PopCount(f['r']) >= 2,
        // Bit 13 of a wide list is LR.
        ["baseout"] = f => (f['r'] >> (f['n'] == 14 ? 13 : f['n']) & 1) == 0,
        // STM stores the old base only if it is the first of the list (A7.7.159).
        ["basefirst"] = f => (f['r'] >> f['n'] & 1) == 0 || (f['r'] & (1 << f['n']) - 1) == 0,
        ["singlelist"] = f => f['c'] > 0 && (f['x'] << 1 | f['X']) + f['c'] <= 32,
        ["doublelist"] = f => f['c'] > 0 && (f['c'] & 1) == 0 && f['x'] + f['c'] / 2 <= 16,
    };

    public static FieldRule Parse(string text)
    {
        if (Named.ContainsKey(text)) return new("", text, "");
        var match = Shape().Match(text);
        if (!match.Success) throw new ArgumentException($"rule {text}");
        return new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
    }

    public bool Holds(ReadOnlySpan<int> fields)
    {
        if (_check != null) return _check(fields);
        int left = Value(_left, fields), right = Value(_right, fields);
        return _operation switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            _ => left >= right,
        };
    }

    private static int Value(string text, ReadOnlySpan<int> fields)
    {
        if (text.Length == 0) return 0;
        if (char.IsDigit(text[0])) return int.Parse(text);
        int sum = 0;
        foreach (string term in text.Split('+')) sum += fields[term[0]];
        return sum;
    }

    [GeneratedRegex(@"^([a-zA-Z](?:\+[a-zA-Z])*)(==|!=|<|>=)([a-zA-Z]|\d+)$")]
    private static partial Regex Shape();
}
