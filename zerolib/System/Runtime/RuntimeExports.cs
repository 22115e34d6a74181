using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>Boxing. Names and signatures are ilc's contract.</summary>
internal static unsafe class RuntimeExports
{
    /// <summary>A value type's copy on the heap.</summary>
    internal static object RhBox(MethodTable* type, ref byte data)
    {
        if (type->IsNullable) Environment.FailFast("boxing a Nullable");
        object obj = Heap.NewObject(type);
        Buffer.Memmove(ref obj.GetRawData(), ref data, type->ValueSize);
        return obj;
    }

    internal static ref byte RhUnbox2(MethodTable* type, object? obj)
    {
        if (obj is null) ThrowHelpers.ThrowNullReferenceException();
        if (obj!.MethodTable != type) ThrowHelpers.ThrowInvalidCastException();
        return ref obj.GetRawData();
    }

    internal static void RhUnboxNullable(ref byte data, MethodTable* type, object? obj) => Environment.FailFast("unboxing a Nullable");

    internal static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxed)
    {
        if (type != boxed) ThrowHelpers.ThrowInvalidCastException();
    }

    internal static object RhNewObject(MethodTable* type) => Heap.NewObject(type);

    internal static object RhNewArray(MethodTable* type, int length) => Heap.NewArrayObject(type, length);
}
