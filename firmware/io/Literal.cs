using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SharpProbe.Io;

/// <summary>
/// A u8 literal that a table can keep: its bytes lie in flash for good (in .NET's memory: with the loaded image) and the compiler puts a zero byte behind them. Nothing else may go in, and no literal
/// with a zero byte.
/// </summary>
public readonly unsafe struct Literal(ReadOnlySpan<byte> text)
{
    private readonly byte* _start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));

    public ReadOnlySpan<byte> Text
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get
        {
            int length = 0;
            while (_start[length] != 0) length++;
            return new(_start, length);
        }
    }
}
