namespace System;

/// <summary>A machine word: 32 bits here.</summary>
public readonly unsafe struct UIntPtr : IEquatable<nuint>
{
    public static readonly nuint Zero;

    private readonly void* _value;

    public UIntPtr(void* value) => _value = value;
    public UIntPtr(uint value) => _value = (void*)value;

    public static int Size => sizeof(nuint);
    public void* ToPointer() => _value;
    public uint ToUInt32() => (uint)_value;

    public bool Equals(nuint other) => _value == (void*)other;
    public int GetHashCode() => (int)_value;

    public static bool operator ==(UIntPtr a, UIntPtr b) => a._value == b._value;
    public static bool operator !=(UIntPtr a, UIntPtr b) => a._value != b._value;
    public static explicit operator UIntPtr(uint value) => new(value);
    public static explicit operator UIntPtr(ulong value) => new((uint)value);
    public static explicit operator UIntPtr(void* value) => new(value);
    public static explicit operator void*(UIntPtr value) => value._value;
    public static explicit operator uint(UIntPtr value) => (uint)value._value;
    public static explicit operator ulong(UIntPtr value) => (uint)value._value;
}
