using System.Runtime.CompilerServices;
using SharpProbe.Intrinsics;

namespace System.Numerics;

public static class BitOperations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingZeroCount(uint value) => (int)Cpu.Clz(value);

    public static int LeadingZeroCount(ulong value) =>
        (uint)(value >> 32) != 0 ? LeadingZeroCount((uint)(value >> 32)) : 32 + LeadingZeroCount((uint)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(uint value) => (int)Cpu.Clz(Cpu.Rbit(value));

    public static int Log2(uint value) => 31 - LeadingZeroCount(value | 1);

    public static bool IsPow2(uint value) => value != 0 && (value & value - 1) == 0;

    public static int PopCount(uint value)
    {
        value -= value >> 1 & 0x55555555;
        value = (value & 0x33333333) + (value >> 2 & 0x33333333);
        return (int)(((value + (value >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24);
    }

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint value, int offset) => value << offset | value >> (32 - offset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint value, int offset) => value >> offset | value << (32 - offset);
}
