using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>Data processing operations as the decoder picks them.</summary>
internal static class Alu
{
    public static readonly AluRow And = AluRow.Of<AluOperations.And>(), Bic = AluRow.Of<AluOperations.Bic>();
    public static readonly AluRow Orr = AluRow.Of<AluOperations.Orr>(), Orn = AluRow.Of<AluOperations.Orn>();
    public static readonly AluRow Eor = AluRow.Of<AluOperations.Eor>();
    public static readonly AluRow Mov = AluRow.Of<AluOperations.Mov>(), Mvn = AluRow.Of<AluOperations.Mvn>();
    public static readonly AluRow Add = AluRow.Of<AluOperations.Add>(), Adc = AluRow.Of<AluOperations.Adc>();
    public static readonly AluRow Sub = AluRow.Of<AluOperations.Sub>(), Sbc = AluRow.Of<AluOperations.Sbc>(), Rsb = AluRow.Of<AluOperations.Rsb>();
    public static readonly AluRow AddSp = AluRow.Of<AluOperations.AddSp>(), SubSp = AluRow.Of<AluOperations.SubSp>();
    public static readonly AluRow MovSp = AluRow.Of<AluOperations.MovSp>();
}
