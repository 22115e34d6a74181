using System.Runtime.CompilerServices;

namespace System;

/// <summary>Immutable UTF-16 text. Literals are frozen in flash. Field names and layout are ilc's contract.</summary>
public sealed unsafe class String : IEquatable<string>
{
    public static readonly string Empty = "";

    private readonly int _stringLength;
    private char _firstChar;

    /// <summary>Length in UTF-16 code units.</summary>
    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_stringLength) ThrowHelper.IndexOutOfRange();
            return Unsafe.Add(ref _firstChar, index);
        }
    }

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(ReadOnlySpan<char> value);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char[]? value);

    /// <summary>What ilc calls for the constructors above: a string is allocated in its final size.</summary>
    private static string Ctor(ReadOnlySpan<char> value)
    {
        string result = FastAllocateString(value.Length);
        for (int i = 0; i < value.Length; i++) Unsafe.Add(ref result._firstChar, i) = value[i];
        return result;
    }

    private static string Ctor(char[]? value) => Ctor(new ReadOnlySpan<char>(value));

    private static string FastAllocateString(int length) => length == 0 ? "" : Internal.Runtime.Heap.NewString(length);

    public ref readonly char GetPinnableReference() => ref _firstChar;

    public static bool IsNullOrEmpty(string? value) => value is null || value.Length == 0;

    public bool Equals(string? other) => Equals(this, other);


    public static bool Equals(string? a, string? b)
    {
        if ((object?)a == b) return true;
        if (a is null || b is null || a._stringLength != b._stringLength) return false;
        for (int i = 0; i < a._stringLength; i++)
            if (Unsafe.Add(ref a._firstChar, i) != Unsafe.Add(ref b._firstChar, i)) return false;
        return true;
    }

    public int GetHashCode()
    {
        uint hash = 2166136261;                              // FNV-1a
        for (int i = 0; i < _stringLength; i++) hash = (hash ^ Unsafe.Add(ref _firstChar, i)) * 16777619;
        return (int)hash;
    }

    public string ToString() => this;

    public static bool operator ==(string? a, string? b) => Equals(a, b);
    public static bool operator !=(string? a, string? b) => !Equals(a, b);

    public static implicit operator ReadOnlySpan<char>(string? value) => value.AsSpan();

    /// <summary>Allocates the result.</summary>
    public static string Concat(string? a, string? b) => Concat(a, b, null);

    /// <summary>Allocates the result.</summary>
    public static string Concat(string? a, string? b, string? c)
    {
        ReadOnlySpan<char> x = a, y = b, z = c;
        string result = FastAllocateString(x.Length + y.Length + z.Length);
        if (result.Length == 0) return result;
        var target = new Span<char>(ref result._firstChar, result.Length);
        x.CopyTo(target);
        y.CopyTo(target[x.Length..]);
        z.CopyTo(target[(x.Length + y.Length)..]);
        return result;
    }

    /// <summary>Allocates the result.</summary>
    public string Substring(int startIndex, int length) => new(this.AsSpan().Slice(startIndex, length));
}
