namespace System;

public readonly struct RuntimeTypeHandle
{
    private readonly IntPtr _value;
}
