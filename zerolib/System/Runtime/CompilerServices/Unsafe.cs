namespace System.Runtime.CompilerServices;

/// <summary>The bodies are ilc's: it replaces them by the IL instruction that each is.</summary>
public static unsafe class Unsafe
{
    [Intrinsic] public static extern ref T Add<T>(ref T source, int elementOffset);
    [Intrinsic] public static extern ref T Add<T>(ref T source, nuint elementOffset);
    [Intrinsic] public static extern ref T AddByteOffset<T>(ref T source, nuint byteOffset);
    [Intrinsic] public static extern bool AreSame<T>(ref readonly T left, ref readonly T right);
    [Intrinsic] public static extern T As<T>(object? value) where T : class?;
    [Intrinsic] public static extern ref TTo As<TFrom, TTo>(ref TFrom source);
    [Intrinsic] public static extern void* AsPointer<T>(ref readonly T value);
    [Intrinsic] public static extern ref T AsRef<T>(void* source);
    [Intrinsic] public static extern ref T AsRef<T>(scoped ref readonly T source);
    [Intrinsic] public static extern int SizeOf<T>();
    [Intrinsic] public static extern void SkipInit<T>(out T value);
    [Intrinsic] public static extern T ReadUnaligned<T>(void* source);
    [Intrinsic] public static extern T ReadUnaligned<T>(ref readonly byte source);
    [Intrinsic] public static extern void WriteUnaligned<T>(void* destination, T value);
    [Intrinsic] public static extern void WriteUnaligned<T>(ref byte destination, T value);
}
