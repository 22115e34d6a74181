using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>R0 to R15 in a row. Entry 16 takes results that nobody wants. Entry 13 is the stack pointer in use; entry 15 is not kept current (see <see cref="Core.Pc"/>).</summary>
[InlineArray(17)]
internal struct RegisterFile
{
    private uint _first;
}
