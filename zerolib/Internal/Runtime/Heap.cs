using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>
/// The bounded heap: the linker script's <c>__heap_start</c> to <c>__heap_end</c>, handed out in order and zeroed. Nothing is freed; probe engines
/// allocate at start-up only. A collector can walk it: every object begins with a header word, then its <see cref="MethodTable"/>, and 8-byte steps lead to the next.
/// </summary>
internal static unsafe class Heap
{
    private static byte* s_next;
    private static byte* s_end;

    /// <summary>Bytes left.</summary>
    internal static nuint Free => (nuint)(s_end - s_next);

    internal static void Initialize(byte* start, byte* end)
    {
        s_next = (byte*)((nuint)start + 7 & ~(nuint)7);
        s_end = end;
    }

    /// <summary>An object of a fixed size.</summary>
    [RuntimeExport("RhpNewFast")]
    internal static void* New(MethodTable* type) => Allocate(type, type->BaseSize);

    [RuntimeExport("RhpNewFastAlign8")]
    internal static void* NewAligned(MethodTable* type) => Allocate(type, type->BaseSize);

    [RuntimeExport("RhpNewFastMisalign")]
    internal static void* NewMisaligned(MethodTable* type) => Allocate(type, type->BaseSize);

    [RuntimeExport("RhpNewFinalizable")]
    internal static void* NewFinalizable(MethodTable* type) => Allocate(type, type->BaseSize);

    /// <summary>An array or string; a negative or impossible length fails fast.</summary>
    [RuntimeExport("RhpNewArrayFast")]
    internal static void* NewArray(MethodTable* type, int length)
    {
        if (length < 0) Environment.FailFast("negative array length");
        ulong size = type->BaseSize + (ulong)(uint)length * type->ComponentSize;
        if (size > Free) Environment.FailFast("out of heap");
        byte* array = (byte*)Allocate(type, (uint)size);
        *(int*)(array + 4) = length;
        return array;
    }

    [RuntimeExport("RhpNewArray")]
    internal static void* NewArraySlow(MethodTable* type, int length) => NewArray(type, length);

    [RuntimeExport("RhpNewPtrArrayFast")]
    internal static void* NewPointerArray(MethodTable* type, int length) => NewArray(type, length);

    [RuntimeExport("RhpNewArrayFastAlign8")]
    internal static void* NewArrayAligned(MethodTable* type, int length) => NewArray(type, length);

    [RuntimeExport("RhNewString")]
    private static void* NewStringObject(MethodTable* type, int length) => NewArray(type, length);

    internal static string NewString(int length) => Unsafe.As<string>(NewArrayObject("".MethodTable, length));

    internal static object NewObject(MethodTable* type)
    {
        void* obj = New(type);
        return Unsafe.As<IntPtr, object>(ref *(IntPtr*)&obj);
    }

    internal static object NewArrayObject(MethodTable* type, int length)
    {
        void* obj = NewArray(type, length);
        return Unsafe.As<IntPtr, object>(ref *(IntPtr*)&obj);
    }

    private static void* Allocate(MethodTable* type, uint size)
    {
        size = size + 7 & ~7u;
        if (size > Free) Environment.FailFast("out of heap");
        byte* block = s_next;
        s_next += size;
        MemoryOperations.Fill(block, 0, size);
        *(MethodTable**)(block + 4) = type;
        return block + 4;
    }
}
