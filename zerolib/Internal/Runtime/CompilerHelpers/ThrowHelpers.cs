using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where compiled code goes when a check fails. .NET throws; we stop and say where.</summary>
internal static class ThrowHelpers
{
    /// <summary>A stack buffer was overrun: its guard word changed.</summary>
    [RuntimeExport("RhpFallbackFailFast")]
    internal static void StackOverrun() => Environment.FailFast("stack buffer overrun");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowIndexOutOfRangeException() => Environment.FailFast("index out of range");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowNullReferenceException() => Environment.FailFast("null reference");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowDivideByZeroException() => Environment.FailFast("division by zero");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowOverflowException() => Environment.FailFast("arithmetic overflow");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowArgumentException() => Environment.FailFast("bad argument");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowArgumentOutOfRangeException() => Environment.FailFast("argument out of range");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowArrayTypeMismatchException() => Environment.FailFast("array of another element type");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowInvalidCastException() => Environment.FailFast("invalid cast");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowPlatformNotSupportedException() => Environment.FailFast("not supported on this platform");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowNotSupportedException() => Environment.FailFast("not supported");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowNotImplementedException() => Environment.FailFast("not implemented");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowBadImageFormatException(int id) => Environment.FailFast("bad image");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowTypeLoadException(int id, string className, string typeName) => Environment.FailFast("a type is missing");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowTypeLoadExceptionWithArgument(int id, string className, string typeName, string messageArg) => Environment.FailFast("a type is missing");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowMissingMethodException(int id, string methodName) => Environment.FailFast("a method is missing");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowMissingFieldException(int id, string fieldName) => Environment.FailFast("a field is missing");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowFileNotFoundException(int id, string fileName) => Environment.FailFast("an assembly is missing");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowInvalidProgramException(int id) => Environment.FailFast("invalid program");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowInvalidProgramExceptionWithArgument(int id, string methodName) => Environment.FailFast("invalid program");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowMarshalDirectiveException(int id) => Environment.FailFast("marshalling");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowUnavailableType() => Environment.FailFast("a type was trimmed away");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowBodyRemoved() => Environment.FailFast("a method was trimmed away");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowInstanceBodyRemoved() => Environment.FailFast("a method was trimmed away");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowFeatureBodyRemoved() => Environment.FailFast("a method was trimmed away");
}
