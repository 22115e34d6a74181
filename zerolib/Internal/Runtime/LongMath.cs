using System.Runtime;

namespace Internal.Runtime;

/// <summary>64-bit shifts by a variable and the 64-bit product: helpers of the 32-bit Arm code generator, reached by symbol.</summary>
internal static class LongMath
{
    [RuntimeExport("RhpLLsh")]
    internal static ulong ShiftLeft(uint low, uint high, int count)
    {
        count &= 63;
        if (count >= 32) return (ulong)(low << (count - 32)) << 32;
        if (count == 0) return low | (ulong)high << 32;
        return low << count | (ulong)(high << count | low >> (32 - count)) << 32;
    }

    [RuntimeExport("RhpLRsz")]
    internal static ulong ShiftRightUnsigned(uint low, uint high, int count)
    {
        count &= 63;
        if (count >= 32) return high >> (count - 32);
        if (count == 0) return low | (ulong)high << 32;
        return low >> count | high << (32 - count) | (ulong)(high >> count) << 32;
    }

    [RuntimeExport("RhpLRsh")]
    internal static ulong ShiftRightSigned(uint low, uint high, int count)
    {
        count &= 63;
        if (count >= 32) return (uint)((int)high >> (count - 32)) | (ulong)(uint)((int)high >> 31) << 32;
        if (count == 0) return low | (ulong)high << 32;
        return low >> count | high << (32 - count) | (ulong)(uint)((int)high >> count) << 32;
    }

    [RuntimeExport("RhpLMul")]
    internal static ulong Multiply(uint lowA, uint highA, uint lowB, uint highB) =>
        (ulong)lowA * lowB + ((ulong)(lowA * highB + highA * lowB) << 32);
}
