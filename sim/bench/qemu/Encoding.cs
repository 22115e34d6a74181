namespace SharpProbe.Sim.Qemu;

/// <summary>
/// One row of the instruction set: an encoding diagram as the ARM ARM draws it. 0 and 1 are fixed bits, a letter is a field, the same letter twice is one
/// field in two pieces. d n m a t u l h are core registers, x y z (with their extra bits X Y Z) floating-point registers, anything else an immediate.
/// </summary>
public sealed class Encoding
{
    private const string CoreRegisters = "dnmatulh";
    private readonly List<(char Letter, int[] Bits)> _fields = [];
    private readonly List<FieldRule> _rules = [];

    public Encoding(string group, string pattern, string text, string rules = "", Access? access = null)
    {
        (Group, Text, Access) = (group, text, access);
        string bits = pattern.Replace(" ", "");
        if (bits.Length is not (16 or 32)) throw new ArgumentException($"{text}: {bits.Length} bits");
        Size = bits.Length / 8;
        foreach (char letter in bits.Where(char.IsLetter).Distinct())
            _fields.Add((letter, [.. Enumerable.Range(0, bits.Length).Where(i => bits[i] == letter).Select(i => bits.Length - 1 - i)]));
        for (int i = 0; i < bits.Length; i++)
            if (bits[i] == '1') Fixed |= 1u << (bits.Length - 1 - i);
        foreach (string rule in rules.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (rule == "noit") AllowedInIt = false;
            else _rules.Add(FieldRule.Parse(rule));
        }
    }

    /// <summary>Family for the counts, e.g. "parallel".</summary>
    public string Group { get; }
    /// <summary>Assembler text with {letter} for fields; {xX} is a single's number.</summary>
    public string Text { get; }
    /// <summary>2 or 4 bytes.</summary>
    public int Size { get; }
    /// <summary>What must be prepared in registers before it runs.</summary>
    public Access? Access { get; }
    public bool AllowedInIt { get; } = true;
    private uint Fixed { get; }

    public bool Has(char letter) => _fields.Exists(f => f.Letter == letter);

    /// <summary>Random field values that obey the row's rules; core registers are never SP or PC (a row that means those has them as fixed bits).</summary>
    public void Choose(Random random, Span<int> fields)
    {
        do
        {
            foreach (var (letter, bits) in _fields)
            {
                int limit = 1 << bits.Length;
                bool register = bits.Length >= 3 && CoreRegisters.Contains(letter);
                do
                {
                    fields[letter] = !register && random.Next(8) == 0 ? random.Next(2) * (limit - 1) : random.Next(limit);
                } while (register && fields[letter] is 13 or 15 && bits.Length == 4);
            }
        } while (!Holds(fields));
    }

    private bool Holds(ReadOnlySpan<int> fields)
    {
        foreach (var rule in _rules)
            if (!rule.Holds(fields)) return false;
        return true;
    }

    public uint Encode(ReadOnlySpan<int> fields)
    {
        uint opcode = Fixed;
        foreach (var (letter, bits) in _fields)
            for (int i = 0; i < bits.Length; i++)
                if ((fields[letter] >> (bits.Length - 1 - i) & 1) != 0) opcode |= 1u << bits[i];
        return opcode;
    }

    /// <summary>Assembler text of an opcode of this row.</summary>
    public string Disassemble(uint opcode)
    {
        Span<int> fields = stackalloc int[128];
        foreach (var (letter, bits) in _fields)
            foreach (int bit in bits)
                fields[letter] = fields[letter] << 1 | (int)(opcode >> bit & 1);
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < Text.Length; i++)
        {
            if (Text[i] != '{') { text.Append(Text[i]); continue; }
            int end = Text.IndexOf('}', i);
            int value = 0;
            foreach (char letter in Text.AsSpan(i + 1, end - i - 1)) value = char.IsUpper(letter) && end - i > 2 ? value << 1 | fields[letter] : fields[letter];
            text.Append(value);
            i = end;
        }
        return text.ToString();
    }
}
