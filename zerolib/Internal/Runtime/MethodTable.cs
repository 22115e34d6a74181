using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>
/// What ilc emits for a type, 32-bit layout of .NET 10's NativeAOT: flags and element size, size, base type, counts, hash, then the vtable,
/// then the interfaces. The GC descriptor series lie before it (<see cref="HasPointers"/>).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    private readonly uint _flags;
    private readonly uint _baseSize;
    private readonly MethodTable* _relatedType;
    private readonly ushort _vtableSlots;
    private readonly ushort _interfaces;
    private readonly uint _hashCode;

    private const uint KindMask = 0x0003_0000, Parameterized = 0x0002_0000;
    private const int ElementTypeShift = 26;
    private const uint NullableElement = 0x12, InterfaceElement = 0x15;

    /// <summary>Bytes of an instance including the word before the MethodTable pointer; for arrays and strings without elements.</summary>
    internal readonly uint BaseSize => _baseSize;

    /// <summary>Bytes of the value in a boxed value type: the flags keep how much of the object is padding.</summary>
    internal readonly uint ValueSize => _baseSize - 8 - (_flags >> 5 & 7);

    internal readonly bool IsNullable => (_flags >> ElementTypeShift & 0x1F) == NullableElement;

    /// <summary>Bytes of one element of an array or string, else 0.</summary>
    internal readonly uint ComponentSize => (_flags & 0x8000_0000) != 0 ? _flags & 0xFFFF : 0;

    /// <summary>Instances hold references: a GC descriptor lies before this table.</summary>
    internal readonly bool HasPointers => (_flags & 0x0100_0000) != 0;

    /// <summary>An array or pointer type: <see cref="RelatedType"/> is the element type.</summary>
    internal readonly bool IsParameterized => (_flags & KindMask) == Parameterized;

    internal readonly bool IsInterface => (_flags >> ElementTypeShift & 0x1F) == InterfaceElement;

    /// <summary>Base class, or element type of an array.</summary>
    internal readonly MethodTable* RelatedType => _relatedType;

    /// <summary>Base class; null for object, interfaces and arrays.</summary>
    internal readonly MethodTable* BaseType => IsParameterized ? null : _relatedType;

    internal bool Implements(MethodTable* target)
    {
        fixed (MethodTable* self = &this)
        {
            var interfaces = (MethodTable**)((uint*)(self + 1) + _vtableSlots);
            for (int i = 0; i < _interfaces; i++)
                if (interfaces[i] == target) return true;
        }
        return false;
    }
}
