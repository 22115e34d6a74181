using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe class Array
{
    private readonly int _numComponents;

    public int Length => (int)Unsafe.As<RawArrayData>(this).Length;

    public static T[] Empty<T>() => EmptyArray<T>.Value;

    public static void Copy<T>(T[] source, int sourceIndex, T[] destination, int destinationIndex, int length) =>
        new ReadOnlySpan<T>(source, sourceIndex, length).CopyTo(new Span<T>(destination, destinationIndex, length));

    public static void Fill<T>(T[] array, T value) => new Span<T>(array).Fill(value);

    public static void Clear<T>(T[] array) => new Span<T>(array).Clear();

    private static class EmptyArray<T>
    {
        internal static readonly T[] Value = new T[0];
    }
}
