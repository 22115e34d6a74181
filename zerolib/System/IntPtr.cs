namespace System;

/// <summary>A machine word: 32 bits here.</summary>
public readonly unsafe struct IntPtr : IEquatable<nint>
{
    public static readonly nint Zero;

    private readonly void* _value;

    public IntPtr(void* value) => _value = value;
    public IntPtr(int value) => _value = (void*)value;

    public static int Size => sizeof(nint);
    public void* ToPointer() => _value;
    public int ToInt32() => (int)_value;

    public bool Equals(nint other) => _value == (void*)other;
    public int GetHashCode() => (int)_value;

    public static bool operator ==(IntPtr a, IntPtr b) => a._value == b._value;
    public static bool operator !=(IntPtr a, IntPtr b) => a._value != b._value;
    public static explicit operator IntPtr(int value) => new(value);
    public static explicit operator IntPtr(long value) => new((int)value);
    public static explicit operator IntPtr(void* value) => new(value);
    public static explicit operator void*(IntPtr value) => value._value;
    public static explicit operator int(IntPtr value) => (int)value._value;
    public static explicit operator long(IntPtr value) => (int)value._value;
}
