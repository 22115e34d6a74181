using System.Numerics;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <summary>What SWD and JTAG share of their loops at full speed.</summary>
static class PinBits<TPins> where TPins : struct, IWirePins
{
    /// <summary>Eight bits in. Each lands where its pin is in a word and moves on with each that follows. The arithmetic comes after the rising edge: its store gives that time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint In8(uint bits, nuint port, nuint from, uint low, uint high, uint mask)
    {
        uint pin;
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(from); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        return bits;
    }
}
