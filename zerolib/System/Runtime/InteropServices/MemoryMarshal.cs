using System.Runtime.CompilerServices;

namespace System.Runtime.InteropServices;

public static unsafe class MemoryMarshal
{
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T GetArrayDataReference<T>(T[] array) => ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(array).Data);

    public static ref T GetReference<T>(Span<T> span) => ref span._reference;

    public static ref T GetReference<T>(ReadOnlySpan<T> span) => ref span._reference;

    /// <summary>The bytes of values.</summary>
    public static Span<byte> AsBytes<T>(Span<T> span) where T : unmanaged =>
        new(ref Unsafe.As<T, byte>(ref span._reference), span.Length * sizeof(T));

    /// <summary>The bytes of values.</summary>
    public static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> span) where T : unmanaged =>
        new(ref Unsafe.As<T, byte>(ref span._reference), span.Length * sizeof(T));

    /// <summary>Whole values that fit into the bytes.</summary>
    public static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span) where TFrom : unmanaged where TTo : unmanaged =>
        new(ref Unsafe.As<TFrom, TTo>(ref span._reference), (int)((uint)(span.Length * sizeof(TFrom)) / (uint)sizeof(TTo)));

    public static Span<T> CreateSpan<T>(ref T reference, int length) => new(ref reference, length);

    public static ReadOnlySpan<T> CreateReadOnlySpan<T>(ref readonly T reference, int length) => new(ref Unsafe.AsRef(in reference), length);
}
