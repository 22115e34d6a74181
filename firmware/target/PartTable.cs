using System;

namespace SharpProbe.Target;

/// <summary>
/// Rows of parts as text, one a line: columns parted by blanks, the name at the end. UTF-8 literals of it lie in flash as they are, without objects or relocations; a row is some 40 bytes, and it is
/// parsed only while a part is identified.
/// </summary>
public ref struct PartTable(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private int _index = -1;

    /// <summary>Number of the row taken last, from 0.</summary>
    public readonly int Index => _index;

    /// <summary>The next row; false at the end.</summary>
    public bool TryTake(out PartRow row)
    {
        row = default;
        if (_rest.IsEmpty) return false;
        int end = 0;
        while (end < _rest.Length && _rest[end] != '\n') end++;
        row = new PartRow(_rest[..end]);
        _rest = _rest[Math.Min(end + 1, _rest.Length)..];
        _index++;
        return true;
    }

    /// <summary>Row of a number that was found earlier.</summary>
    public static PartRow Row(ReadOnlySpan<byte> text, int index)
    {
        var table = new PartTable(text);
        PartRow row = default;
        while (table._index < index && table.TryTake(out row)) { }
        return row;
    }
}
