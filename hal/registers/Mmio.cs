using System.Runtime.CompilerServices;
using System.Threading;

namespace SharpProbe.Hal;

/// <summary>
/// Device registers: exactly one load or store each, in program order. Register structs have no fields, only these: taking a field's address, as
/// <c>block->FIELD |= x</c> would, makes the compiler probe the block's first byte for null, and a plain load may be moved out of a polling loop.
/// One trap is left: RyuJIT may turn a load whose upper bits a mask or cast throws away into LDRH or LDRB; where a register takes words only, shift instead (the bench stops on it).
/// </summary>
internal static class Mmio
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Read<T>(ref T block, nuint offset) => Volatile.Read(ref Unsafe.AddByteOffset(ref Unsafe.As<T, uint>(ref block), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write<T>(ref T block, nuint offset, uint value) => Volatile.Write(ref Unsafe.AddByteOffset(ref Unsafe.As<T, uint>(ref block), offset), value);
}
