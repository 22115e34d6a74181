using System.Runtime.CompilerServices;

namespace System;

/// <summary>What .NET would throw, we stop for: the crash record names the caller.</summary>
internal static class ThrowHelper
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ArgumentOutOfRange() => Environment.FailFast("argument out of range");

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void IndexOutOfRange() => Environment.FailFast("index out of range");
}
