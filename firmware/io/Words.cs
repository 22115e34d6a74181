using System;

namespace SharpProbe.Io;

/// <summary>A command line, word by word; blanks and tabs separate.</summary>
public ref struct Words(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>What has not been taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes the next word; false at the end.</summary>
    public bool TryTake(out ReadOnlySpan<byte> word)
    {
        int start = 0;
        while (start < _rest.Length && IsBlank(_rest[start])) start++;
        int end = start;
        while (end < _rest.Length && !IsBlank(_rest[end])) end++;
        word = _rest[start..end];
        _rest = _rest[end..];
        return word.Length != 0;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';
}
