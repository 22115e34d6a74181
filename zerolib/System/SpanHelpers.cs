namespace System;

/// <summary>The names under which compiled code asks for block operations.</summary>
internal static unsafe class SpanHelpers
{
    internal static void Memmove(ref byte destination, ref byte source, nuint bytes) => Buffer.Memmove(ref destination, ref source, bytes);

    internal static void Fill(ref byte destination, byte value, nuint bytes)
    {
        fixed (byte* d = &destination) MemoryOperations.Fill(d, value, bytes);
    }

    internal static void ClearWithoutReferences(ref byte destination, nuint bytes) => Fill(ref destination, 0, bytes);
}
