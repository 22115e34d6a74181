using System.Threading;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Instruction and data cache (DDI 0403E, B2.2.7; DDI 0489F, 3.3.4).</summary>
public static unsafe class Caches
{
    private const uint Dcisw = 0xE000_EF60, Dccisw = 0xE000_EF74;
    private const uint CcrIc = 1u << 17, CcrDc = 1u << 16;

    public static void EnableInstruction()
    {
        InvalidateInstruction();
        SCB->CCR |= CcrIc;
        Cpu.Dsb();
        Cpu.Isb();
    }

    /// <summary>As after reset, but for a line's contents.</summary>
    public static void DisableInstruction()
    {
        Cpu.Dsb();
        Cpu.Isb();
        SCB->CCR &= ~CcrIc;
        InvalidateInstruction();
    }

    /// <summary>After code memory changed.</summary>
    public static void InvalidateInstruction()
    {
        Cpu.Dsb();
        Cpu.Isb();
        SCB->ICIALLU = 0;
        Cpu.Dsb();
        Cpu.Isb();
    }

    /// <summary>Invalidates every line, then enables. DMA buffers must lie in memory that is not cached.</summary>
    public static void EnableData()
    {
        ForEveryLine(Dcisw);
        SCB->CCR |= CcrDc;
        Cpu.Dsb();
        Cpu.Isb();
    }

    /// <summary>Writes back what is dirty and drops every line: after memory changed behind the cache.</summary>
    public static void CleanAndInvalidateData() => ForEveryLine(Dccisw);

    private static void ForEveryLine(uint register)
    {
        SCB->CSSELR = 0;
        Cpu.Dsb();
        uint geometry = SCB->CCSIDR;
        uint sets = geometry >> 13 & 0x7FFF, ways = geometry >> 3 & 0x3FF;
        for (uint set = 0; set <= sets; set++)
            for (uint way = 0; way <= ways; way++)
                Volatile.Write(ref *(uint*)register, way << 30 | set << 5);
        Cpu.Dsb();
    }
}
