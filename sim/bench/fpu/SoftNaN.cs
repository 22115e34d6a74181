namespace SharpProbe.Sim.Fpu;

/// <summary>Which NaN comes out (FPProcessNaN, FPProcessNaNs and FPProcessNaNs3).</summary>
internal static class SoftNaN
{
    public static ulong Invalid(FloatFormat format, ref uint fpscr)
    {
        fpscr |= FloatUnit.InvalidOperation;
        return format.DefaultNaN;
    }

    public static ulong Quieten(FloatValue value, FloatFormat format, ref uint fpscr)
    {
        if (value.Kind == FloatKind.SignallingNaN) fpscr |= FloatUnit.InvalidOperation;
        return (fpscr & FloatUnit.DefaultNaN) != 0 ? format.DefaultNaN : value.Raw | format.QuietBit;
    }

    /// <summary>The first signalling NaN, else the first quiet one.</summary>
    public static ulong Choose(FloatFormat format, ref uint fpscr, params ReadOnlySpan<FloatValue> operands)
    {
        foreach (var kind in (ReadOnlySpan<FloatKind>)[FloatKind.SignallingNaN, FloatKind.QuietNaN])
            foreach (var operand in operands)
                if (operand.Kind == kind) return Quieten(operand, format, ref fpscr);
        throw new ArgumentException("no operand is a NaN");
    }
}
