using System.Runtime.CompilerServices;
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>
/// Casts and stores into arrays of references. One image holds each MethodTable once, so types are equal when their pointers are.
/// Names and signatures are ilc's contract.
/// </summary>
internal static unsafe class TypeCast
{
    internal static object? IsInstanceOfClass(MethodTable* target, object? obj)
    {
        if (obj is null) return null;
        for (MethodTable* type = obj.MethodTable; type is not null; type = type->BaseType)
            if (type == target) return obj;
        return null;
    }

    internal static object? IsInstanceOfInterface(MethodTable* target, object? obj) =>
        obj is null || !obj.MethodTable->Implements(target) ? null : obj;

    internal static object? IsInstanceOfAny(MethodTable* target, object? obj)
    {
        if (obj is null) return null;
        return IsAssignable(obj.MethodTable, target) ? obj : null;
    }

    internal static object? IsInstanceOfException(MethodTable* target, object? obj) => IsInstanceOfClass(target, obj);

    internal static object? CheckCastClass(MethodTable* target, object? obj) => Checked(obj, IsInstanceOfClass(target, obj));

    internal static object? CheckCastClassSpecial(MethodTable* target, object? obj) => CheckCastClass(target, obj);

    internal static object? CheckCastInterface(MethodTable* target, object? obj) => Checked(obj, IsInstanceOfInterface(target, obj));

    internal static object? CheckCastAny(MethodTable* target, object? obj) => Checked(obj, IsInstanceOfAny(target, obj));

    /// <summary>array[index] = obj with the covariance check.</summary>
    internal static void StelemRef(object?[] array, nint index, object? obj)
    {
        if ((nuint)index >= (nuint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        if (obj is not null && !IsAssignable(obj.MethodTable, array.MethodTable->RelatedType)) ThrowHelpers.ThrowArrayTypeMismatchException();
        Element(array, index) = obj;
    }

    /// <summary>ref array[index] with the exact-type check.</summary>
    internal static ref object? LdelemaRef(object?[] array, nint index, MethodTable* elementType)
    {
        if ((nuint)index >= (nuint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        if (array.MethodTable->RelatedType != elementType) ThrowHelpers.ThrowArrayTypeMismatchException();
        return ref Element(array, index);
    }

    private static ref object? Element(object?[] array, nint index) =>
        ref Unsafe.Add(ref Unsafe.As<byte, object?>(ref Unsafe.As<RawArrayData>(array).Data), (int)index);

    private static object? Checked(object? obj, object? result)
    {
        if (obj is not null && result is null) ThrowHelpers.ThrowInvalidCastException();
        return result;
    }

    private static bool IsAssignable(MethodTable* from, MethodTable* to)
    {
        if (from == to) return true;
        if (to->IsInterface) return from->Implements(to);
        if (from->IsParameterized && to->IsParameterized)                // T[] to U[]: arrays are covariant in reference types
            return from->ComponentSize == to->ComponentSize && IsAssignable(from->RelatedType, to->RelatedType);
        for (MethodTable* type = from->BaseType; type is not null; type = type->BaseType)
            if (type == to) return true;
        return false;
    }
}
