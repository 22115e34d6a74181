using System;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>ilc asks for these when a token is loaded; array initialisers load one and are then expanded in place.</summary>
internal static class LdTokenHelpers
{
    private static RuntimeTypeHandle GetRuntimeTypeHandle(IntPtr type) => Unsafe.As<IntPtr, RuntimeTypeHandle>(ref type);

    private static RuntimeMethodHandle GetRuntimeMethodHandle(IntPtr method) => Unsafe.As<IntPtr, RuntimeMethodHandle>(ref method);

    private static RuntimeFieldHandle GetRuntimeFieldHandle(IntPtr field) => Unsafe.As<IntPtr, RuntimeFieldHandle>(ref field);
}
