namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>A data processing operation on two operands. The carry is the shifter's, for the logical ones.</summary>
internal interface IAluOperation
{
    static abstract uint Run<TFlags>(Core c, uint n, uint m, bool carry) where TFlags : struct, IFlagMode;
}
