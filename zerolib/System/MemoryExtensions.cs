using System.Runtime.CompilerServices;

namespace System;

public static class MemoryExtensions
{
    public static ReadOnlySpan<char> AsSpan(this string? text) =>
        text is null ? default : new ReadOnlySpan<char>(ref Unsafe.AsRef(in text.GetPinnableReference()), text.Length);

    public static ReadOnlySpan<char> AsSpan(this string text, int start) => text.AsSpan().Slice(start);

    public static ReadOnlySpan<char> AsSpan(this string text, int start, int length) => text.AsSpan().Slice(start, length);

    public static Span<T> AsSpan<T>(this T[]? array) => new(array);

    public static Span<T> AsSpan<T>(this T[] array, int start) => new(array, start, array.Length - start);

    public static Span<T> AsSpan<T>(this T[] array, int start, int length) => new(array, start, length);

    public static bool SequenceEqual<T>(this ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : struct, IEquatable<T>
    {
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++)
            if (!a[i].Equals(b[i])) return false;
        return true;
    }

    public static bool SequenceEqual<T>(this Span<T> a, ReadOnlySpan<T> b) where T : struct, IEquatable<T> => ((ReadOnlySpan<T>)a).SequenceEqual(b);

    public static bool StartsWith<T>(this ReadOnlySpan<T> text, ReadOnlySpan<T> start) where T : struct, IEquatable<T> =>
        text.Length >= start.Length && text[..start.Length].SequenceEqual(start);

    public static bool StartsWith<T>(this Span<T> text, ReadOnlySpan<T> start) where T : struct, IEquatable<T> => ((ReadOnlySpan<T>)text).StartsWith(start);

    /// <summary>Position of the first element equal to <paramref name="value"/>, or -1.</summary>
    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value) where T : struct, IEquatable<T>
    {
        for (int i = 0; i < span.Length; i++)
            if (span[i].Equals(value)) return i;
        return -1;
    }

    public static int IndexOf<T>(this Span<T> span, T value) where T : struct, IEquatable<T> => ((ReadOnlySpan<T>)span).IndexOf(value);
}
