using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime;

namespace System;

public static unsafe class Environment
{
    /// <summary>
    /// Stops the program for good. The firmware's FailFast handler (symbol <c>FailFast</c>: message, where it was called from) records both and resets.
    /// </summary>
    [DoesNotReturn]
    public static void FailFast(string? message) => FailFastHandler(message);

    [DoesNotReturn]
    [RuntimeImport("*", "FailFast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FailFastHandler(string? message);
}
