using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>The data processing operations (DDI0403 A5.3.1).</summary>
internal static class AluOperations
{
    public readonly struct And : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, n & m, carry); }
    public readonly struct Bic : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, n & ~m, carry); }
    public readonly struct Orr : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, n | m, carry); }
    public readonly struct Orn : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, n | ~m, carry); }
    public readonly struct Eor : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, n ^ m, carry); }
    public readonly struct Mov : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, m, carry); }
    public readonly struct Mvn : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, ~m, carry); }
    public readonly struct Add : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Sum<F>(c, n, m); }
    public readonly struct Sub : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Difference<F>(c, n, m); }
    public readonly struct Rsb : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Difference<F>(c, m, n); }
    public readonly struct Adc : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => AddWithCarry<F>(c, n, m, c._carry); }
    public readonly struct Sbc : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => AddWithCarry<F>(c, n, ~m, c._carry); }

    // The stack pointer keeps its low two bits clear (DDI0403 B1.4.1).
    public readonly struct MovSp : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Logical<F>(c, m, carry) & ~3u; }
    public readonly struct AddSp : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Sum<F>(c, n, m) & ~3u; }
    public readonly struct SubSp : IAluOperation { public static uint Run<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode => Difference<F>(c, n, m) & ~3u; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Logical<F>(Core c, uint result, bool carry) where F : struct, IFlagMode
    {
        if (!F.Sets) return result;
        c._nResult = c._zResult = result;
        c._carry = carry;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sum<F>(Core c, uint n, uint m) where F : struct, IFlagMode
    {
        uint result = n + m;
        if (!F.Sets) return result;
        c._nResult = c._zResult = result;
        c._carry = result < n;
        c._overflow = (int)((n ^ result) & (m ^ result)) < 0;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Difference<F>(Core c, uint n, uint m) where F : struct, IFlagMode
    {
        uint result = n - m;
        if (!F.Sets) return result;
        c._nResult = c._zResult = result;
        c._carry = n >= m;
        c._overflow = (int)((n ^ m) & (n ^ result)) < 0;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AddWithCarry<F>(Core c, uint n, uint m, bool carry) where F : struct, IFlagMode
    {
        ulong sum = (ulong)n + m + (carry ? 1u : 0);
        uint result = (uint)sum;
        if (!F.Sets) return result;
        c._nResult = c._zResult = result;
        c._carry = sum >> 32 != 0;
        c._overflow = (int)((n ^ result) & (m ^ result)) < 0;
        return result;
    }
}
