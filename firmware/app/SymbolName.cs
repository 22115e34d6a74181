using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>A function's name, as <see cref="SymbolTable"/> holds it.</summary>
/// <param name="type">The type's name without namespace; empty: the function has none.</param>
/// <param name="method">Empty: not known.</param>
public readonly ref struct SymbolName(ReadOnlySpan<byte> type, ReadOnlySpan<byte> method)
{
    private readonly ReadOnlySpan<byte> _type = type, _method = method;

    public bool IsEmpty => _method.IsEmpty;

    /// <summary>One of the core library's functions, which share a name.</summary>
    public bool IsCoreLibrary => _type.IsEmpty && _method.SequenceEqual("(core library)"u8);

    public bool Is(SymbolName other) => _method.SequenceEqual(other._method) && _type.SequenceEqual(other._type);

    /// <summary>Writes "Type.Method".</summary>
    public void Write(ref ByteWriter text)
    {
        if (!_type.IsEmpty)
        {
            text.Write(_type);
            text.Write((byte)'.');
        }
        text.Write(_method);
    }
}
