using System.Runtime.CompilerServices;

namespace System;

/// <summary>A method and, for instance methods, its object. ilc constructs delegates by calling the Initialize methods and reads the four fields by name.</summary>
public abstract unsafe class Delegate
{
    internal object _firstParameter = null!;
    internal object _helperObject = null!;
    internal nint _extraFunctionPointerOrData;
    internal IntPtr _functionPointer;

    /// <summary>A delegate bound to an object.</summary>
    private void InitializeClosedInstance(object firstParameter, IntPtr functionPointer)
    {
        if (firstParameter is null) Environment.FailFast("delegate to an instance method of null");
        _functionPointer = functionPointer;
        _firstParameter = firstParameter!;
    }

    private void InitializeClosedInstanceSlow(object firstParameter, IntPtr functionPointer) => InitializeClosedInstance(firstParameter, functionPointer);

    private void InitializeClosedInstanceToInterface(object firstParameter, IntPtr dispatchCell) =>
        Environment.FailFast("delegate to an interface method");

    private void InitializeClosedInstanceWithoutNullCheck(object firstParameter, IntPtr functionPointer)
    {
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    /// <summary>A delegate to a static method: the thunk drops the delegate itself from the arguments.</summary>
    private void InitializeOpenStaticThunk(object firstParameter, IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _firstParameter = this;
        _functionPointer = functionPointerThunk;
        _extraFunctionPointerOrData = functionPointer;
    }

    private void InitializeOpenInstanceThunkDynamic(IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _firstParameter = this;
        _functionPointer = functionPointerThunk;
        _extraFunctionPointerOrData = functionPointer;
    }

    private void InitializeClosedStaticThunk(object firstParameter, IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }

    protected virtual IntPtr GetThunk(int whichThunk) => default;

    // Thunk numbers that ilc-made GetThunk overrides answer to.
    internal const int MulticastThunk = 0;
    internal const int ClosedStaticThunk = 1;
    internal const int OpenStaticThunk = 2;
}
