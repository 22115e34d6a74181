namespace SharpProbe.Conformance;

/// <summary>An answer as the list has it: bytes in hex, ?? for any byte, 00|FF for one of some, ??*4 for a number of the same, .. at the end for whatever follows.</summary>
sealed class Pattern
{
    private readonly List<byte[]?> _bytes = [];
    private readonly bool _open;
    private readonly string _text;

    public Pattern(string text)
    {
        _text = text;
        foreach (string item in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_open) throw new FormatException($"something behind the end of {text}");
            if (item == "..")
            {
                _open = true;
                continue;
            }
            string[] parts = item.Split('*');
            byte[]? choice = parts[0] == "??" ? null : Array.ConvertAll(parts[0].Split('|'), part => Convert.ToByte(part, 16));
            int count = parts.Length == 1 ? 1 : int.Parse(parts[1]);
            for (int i = 0; i < count; i++) _bytes.Add(choice);
        }
    }

    /// <param name="padded">The answer may have more bytes than it says.</param>
    public bool Matches(ReadOnlySpan<byte> answer, bool padded)
    {
        if (answer.Length < _bytes.Count || answer.Length > _bytes.Count && !_open && !padded) return false;
        for (int i = 0; i < _bytes.Count; i++)
            if (_bytes[i] is { } choice && !choice.Contains(answer[i])) return false;
        return true;
    }

    public override string ToString() => _text;
}
