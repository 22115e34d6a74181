using System.Runtime.CompilerServices;
using SharpProbe.Intrinsics;

namespace SharpProbe.Hal;

/// <summary>Short delays, for callers that measure what they get.</summary>
static class Delay
{
    /// <summary>
    /// About a cycle a turn. Few turns are a jump into a row of NOP pairs, which the core foresees when it is the same again; a loop's end, which it does not foresee, costs as much as many of
    /// them, so a loop begins with six rounds, of two cycles each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Turns(uint turns)
    {
        switch (turns)
        {
            case 23: Cpu.Nop(); Cpu.Nop(); goto case 22;
            case 22: Cpu.Nop(); Cpu.Nop(); goto case 21;
            case 21: Cpu.Nop(); Cpu.Nop(); goto case 20;
            case 20: Cpu.Nop(); Cpu.Nop(); goto case 19;
            case 19: Cpu.Nop(); Cpu.Nop(); goto case 18;
            case 18: Cpu.Nop(); Cpu.Nop(); goto case 17;
            case 17: Cpu.Nop(); Cpu.Nop(); goto case 16;
            case 16: Cpu.Nop(); Cpu.Nop(); goto case 15;
            case 15: Cpu.Nop(); Cpu.Nop(); goto case 14;
            case 14: Cpu.Nop(); Cpu.Nop(); goto case 13;
            case 13: Cpu.Nop(); Cpu.Nop(); goto case 12;
            case 12: Cpu.Nop(); Cpu.Nop(); goto case 11;
            case 11: Cpu.Nop(); Cpu.Nop(); goto case 10;
            case 10: Cpu.Nop(); Cpu.Nop(); goto case 9;
            case 9: Cpu.Nop(); Cpu.Nop(); goto case 8;
            case 8: Cpu.Nop(); Cpu.Nop(); goto case 7;
            case 7: Cpu.Nop(); Cpu.Nop(); goto case 6;
            case 6: Cpu.Nop(); Cpu.Nop(); goto case 5;
            case 5: Cpu.Nop(); Cpu.Nop(); goto case 4;
            case 4: Cpu.Nop(); Cpu.Nop(); goto case 3;
            case 3: Cpu.Nop(); Cpu.Nop(); goto case 2;
            case 2: Cpu.Nop(); Cpu.Nop(); goto case 1;
            case 1: Cpu.Nop(); Cpu.Nop(); goto case 0;
            case 0: break;
            default:
                if ((turns & 1) != 0)
                {
                    Cpu.Nop();
                    Cpu.Nop();
                }
                for (uint left = (turns >> 1) - 6; left != 0; left--) { }
                break;
        }
    }
}
