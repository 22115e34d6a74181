using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>Root of all classes: one word, the MethodTable, before the fields. There is no sync block, and no Equals, GetHashCode or ToString to inherit:
/// what .NET would find by reflection is a compile error here; value types offer IEquatable.</summary>
public unsafe class Object
{
    internal MethodTable* m_pEEType;

    internal MethodTable* MethodTable => m_pEEType;

    public Object() { }

    /// <summary>ilc insists on the slot; no finalizer ever runs.</summary>
    ~Object() { }

    public static bool ReferenceEquals(object? a, object? b) => a == b;

    /// <summary>Where the fields begin.</summary>
    internal ref byte GetRawData() => ref Unsafe.As<RawData>(this).Data;
}
