using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The executing methods of one data processing operation.</summary>
internal readonly unsafe struct AluRow
{
    public readonly delegate*<Core, Op*, void> Imm, ImmFlags, Reg, RegFlags, Shifted, ShiftedFlags;

    private AluRow(delegate*<Core, Op*, void> imm, delegate*<Core, Op*, void> immFlags, delegate*<Core, Op*, void> reg,
        delegate*<Core, Op*, void> regFlags, delegate*<Core, Op*, void> shifted, delegate*<Core, Op*, void> shiftedFlags)
    {
        Imm = imm;
        ImmFlags = immFlags;
        Reg = reg;
        RegFlags = regFlags;
        Shifted = shifted;
        ShiftedFlags = shiftedFlags;
    }

    public static AluRow Of<T>() where T : struct, IAluOperation => new(
        &DataProcessing.Imm<T, FlagModes.Keep>, &DataProcessing.Imm<T, FlagModes.Set>,
        &DataProcessing.Reg<T, FlagModes.Keep>, &DataProcessing.Reg<T, FlagModes.Set>,
        &DataProcessing.Shifted<T, FlagModes.Keep>, &DataProcessing.Shifted<T, FlagModes.Set>);
}
