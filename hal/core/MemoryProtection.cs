using System.Numerics;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>MPU regions on top of the default memory map.</summary>
public static unsafe class MemoryProtection
{
    /// <summary>Defines a region; its size is a power of two of at least 32 bytes and its address a multiple of the size.</summary>
    public static void Set(uint region, uint address, uint size, MemoryAttributes attributes)
    {
        MPU->RNR = region;
        MPU->RBAR = address;
        MPU->RASR = (uint)attributes | (uint)(BitOperations.Log2(size) - 1) << 1 | 1;
    }

    /// <summary>Enables the MPU with the default map behind it, off inside HardFault and NMI (PRIVDEFENA, not HFNMIENA).</summary>
    public static void Enable()
    {
        Cpu.Dmb();
        MPU->CTRL = 1u << 2 | 1;
        Cpu.Dsb();
        Cpu.Isb();
    }
}
