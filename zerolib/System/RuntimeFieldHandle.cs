namespace System;

public readonly struct RuntimeFieldHandle
{
    private readonly IntPtr _value;
}
