using System.Text;

namespace SharpProbe.Build.Elf;

/// <summary>An ELF string table; equal strings share their bytes.</summary>
sealed class StringTable
{
    private readonly Dictionary<string, uint> _offsets = [];
    private readonly List<byte> _text = [0];

    public uint Add(string text)
    {
        if (_offsets.TryGetValue(text, out uint offset)) return offset;
        offset = (uint)_text.Count;
        _text.AddRange(Encoding.UTF8.GetBytes(text));
        _text.Add(0);
        _offsets[text] = offset;
        return offset;
    }

    public byte[] ToArray() => [.. _text];
}
