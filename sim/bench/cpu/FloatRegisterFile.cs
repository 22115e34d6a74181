using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>S0 to S31; D0 to D15 are pairs of them, the even one being the low word (DDI0403 A2.5.2).</summary>
[InlineArray(32)]
internal struct FloatRegisterFile
{
    private uint _first;
}
