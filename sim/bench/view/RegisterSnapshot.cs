using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.View;

/// <summary>R0 to R14, then at 15 xPSR.</summary>
[InlineArray(16)]
public struct RegisterSnapshot
{
    private uint _first;
}
