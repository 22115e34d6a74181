using System.Runtime.CompilerServices;

namespace System;

public static unsafe class Buffer
{
    /// <summary>Copies <paramref name="sourceBytesToCopy"/> bytes; the blocks may overlap.</summary>
    public static void MemoryCopy(void* source, void* destination, ulong destinationSizeInBytes, ulong sourceBytesToCopy)
    {
        if (sourceBytesToCopy > destinationSizeInBytes) ThrowHelper.ArgumentOutOfRange();
        Memmove(ref *(byte*)destination, ref *(byte*)source, (nuint)sourceBytesToCopy);
    }

    internal static void Memmove(ref byte destination, ref byte source, nuint bytes)
    {
        fixed (byte* d = &destination, s = &source) MemoryOperations.Move(d, s, bytes);
    }

    internal static void Memmove<T>(ref T destination, ref T source, nuint count) =>
        Memmove(ref Unsafe.As<T, byte>(ref destination), ref Unsafe.As<T, byte>(ref source), count * (nuint)sizeof(T));

    /// <summary>Without a moving or generational collector a reference is a word like any other.</summary>
    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint bytes) => Memmove(ref destination, ref source, bytes);
}
