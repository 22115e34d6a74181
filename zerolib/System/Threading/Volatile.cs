using System.Runtime.CompilerServices;

namespace System.Threading;

/// <summary>Accesses that the compiler neither drops, repeats nor reorders.</summary>
public static class Volatile
{
    [Intrinsic]
    public static byte Read(ref readonly byte location) => Unsafe.As<byte, Cell<byte>>(ref Unsafe.AsRef(in location)).Byte;

    [Intrinsic]
    public static ushort Read(ref readonly ushort location) => Unsafe.As<ushort, Cell<ushort>>(ref Unsafe.AsRef(in location)).Half;

    [Intrinsic]
    public static uint Read(ref readonly uint location) => Unsafe.As<uint, Cell<uint>>(ref Unsafe.AsRef(in location)).Word;

    [Intrinsic]
    public static int Read(ref readonly int location) => (int)Unsafe.As<int, Cell<int>>(ref Unsafe.AsRef(in location)).Word;

    [Intrinsic]
    public static bool Read(ref readonly bool location) => Unsafe.As<bool, Cell<bool>>(ref Unsafe.AsRef(in location)).Byte != 0;

    [Intrinsic]
    public static void Write(ref byte location, byte value) => Unsafe.As<byte, Cell<byte>>(ref location).Byte = value;

    [Intrinsic]
    public static void Write(ref ushort location, ushort value) => Unsafe.As<ushort, Cell<ushort>>(ref location).Half = value;

    [Intrinsic]
    public static void Write(ref uint location, uint value) => Unsafe.As<uint, Cell<uint>>(ref location).Word = value;

    [Intrinsic]
    public static void Write(ref int location, int value) => Unsafe.As<int, Cell<int>>(ref location).Word = (uint)value;

    [Intrinsic]
    public static void Write(ref bool location, bool value) => Unsafe.As<bool, Cell<bool>>(ref location).Byte = value ? (byte)1 : (byte)0;

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
    private struct Cell<T>
    {
        [System.Runtime.InteropServices.FieldOffset(0)] internal volatile byte Byte;
        [System.Runtime.InteropServices.FieldOffset(0)] internal volatile ushort Half;
        [System.Runtime.InteropServices.FieldOffset(0)] internal volatile uint Word;
    }
}
