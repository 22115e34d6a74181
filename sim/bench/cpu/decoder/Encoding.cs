namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>
/// One row of an instruction table. The pattern is written as the manual draws it: 0 and 1 are fixed bits, a letter is a field
/// (bits of one letter are joined, first one highest), blanks are for the eye.
/// </summary>
internal sealed class Encoding
{
    private readonly int[] _letters;

    public Encoding(string pattern, string name, Requires requires, Build build)
    {
        string bits = pattern.Replace(" ", "");
        if (bits.Length is not (16 or 32)) throw new ArgumentException($"{name}: {bits.Length} bits");
        _letters = new int[bits.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            char ch = bits[i];
            uint bit = 1u << bits.Length - 1 - i;
            _letters[i] = ch is '0' or '1' ? -1 : ch - 'a';
            if (ch is '0' or '1') Mask |= bit;
            if (ch == '1') Value |= bit;
        }
        (Name, Requirement, Apply) = (name, requires, build);
    }

    public delegate void Build(ref Fields f);

    public string Name { get; }
    public Requires Requirement { get; }
    public uint Mask { get; }
    public uint Value { get; }
    public Build Apply { get; }

    public bool Matches(uint word) => (word & Mask) == Value;

    /// <summary>Takes the fields apart into one value a letter.</summary>
    public void Extract(uint word, Span<uint> fields)
    {
        fields.Clear();
        for (int i = 0; i < _letters.Length; i++)
            if (_letters[i] >= 0) fields[_letters[i]] = fields[_letters[i]] << 1 | word >> _letters.Length - 1 - i & 1;
    }
}
