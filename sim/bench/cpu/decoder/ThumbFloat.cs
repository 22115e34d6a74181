using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>Coprocessor space (DDI0403 A5.3.18): floating point is 10 and 11, all others do not exist.</summary>
internal static unsafe class ThumbFloat
{
    public static readonly Encoding[] Rows =
    [
        new("111x 11xx xxxx xxxx xxxx pppp xxxx xxxx", "coprocessor", V7M, static (ref f) => f.Code(&SystemInstructions.NoCoprocessor, CostClass.Nop)),
    ];
}
