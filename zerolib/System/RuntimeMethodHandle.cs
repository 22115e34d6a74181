namespace System;

public readonly struct RuntimeMethodHandle
{
    private readonly IntPtr _value;
}
