using System.Runtime.InteropServices;

namespace System.Runtime.CompilerServices;

public static unsafe class RuntimeHelpers
{
    /// <summary>ilc's contract; char data begin after MethodTable pointer and length.</summary>
    public static int OffsetToStringData
    {
        [Intrinsic]
        get => 8;
    }

    [Intrinsic]
    public static void InitializeArray(Array array, RuntimeFieldHandle fieldHandle) => Environment.FailFast("array initialiser");

    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fieldHandle)
    {
        Environment.FailFast("span initialiser");
        return default;
    }

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>() => true;

    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(array.Length);
        return new ReadOnlySpan<T>(array, offset, length).ToArray();
    }
}
