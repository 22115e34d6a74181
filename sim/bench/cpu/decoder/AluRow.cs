using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The executing methods of one data processing operation.</summary>
internal readonly unsafe struct AluRow
{
    public readonly delegate*<Core, Op*, void> Imm, ImmFlags, Reg, RegFlags, Shifted, ShiftedFlags;
    private readonly delegate*<Core, Op*, void> _left, _right, _arithmetic;

    private AluRow(delegate*<Core, Op*, void> imm, delegate*<Core, Op*, void> immFlags, delegate*<Core, Op*, void> reg,
        delegate*<Core, Op*, void> regFlags, delegate*<Core, Op*, void> shifted, delegate*<Core, Op*, void> shiftedFlags,
        delegate*<Core, Op*, void> left, delegate*<Core, Op*, void> right, delegate*<Core, Op*, void> arithmetic)
    {
        Imm = imm;
        ImmFlags = immFlags;
        Reg = reg;
        RegFlags = regFlags;
        Shifted = shifted;
        ShiftedFlags = shiftedFlags;
        _left = left;
        _right = right;
        _arithmetic = arithmetic;
    }

    /// <summary>The method for a shift type and amount, without flags.</summary>
    public delegate*<Core, Op*, void> ShiftedBy(int type, int amount)
    {
        if (amount is 0 or > 31) return Shifted;
        if (type == DataProcessing.Lsl) return _left;
        if (type == DataProcessing.Lsr) return _right;
        return type == DataProcessing.Asr ? _arithmetic : Shifted;
    }

    public static AluRow Of<T>() where T : struct, IAluOperation => new(
        &DataProcessing.Imm<T, FlagModes.Keep>, &DataProcessing.Imm<T, FlagModes.Set>,
        &DataProcessing.Reg<T, FlagModes.Keep>, &DataProcessing.Reg<T, FlagModes.Set>,
        &DataProcessing.Shifted<T, FlagModes.Keep>, &DataProcessing.Shifted<T, FlagModes.Set>,
        &DataProcessing.ShiftedLeft<T>, &DataProcessing.ShiftedRight<T>, &DataProcessing.ShiftedArithmetic<T>);
}
