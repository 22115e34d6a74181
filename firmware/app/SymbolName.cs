using System;

namespace SharpProbe.App;

/// <summary>A function's name, from <see cref="SymbolTable"/>.</summary>
/// <param name="text">"Type.Method" without namespace; empty: not known.</param>
public readonly ref struct SymbolName(ReadOnlySpan<byte> text)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public bool IsEmpty => Text.IsEmpty;

    /// <summary>One of the core library's functions, which share a name.</summary>
    public bool IsCoreLibrary => Text.SequenceEqual("(core library)"u8);
}
