using System;
using System.Runtime.CompilerServices;
using System.Threading;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Reads memory that may answer with a bus error, which is ignored: at priority -1, with CCR.BFHFNMIGN (DDI 0403E, B3.2.8). The MPU is off meanwhile.</summary>
static unsafe class FaultFreeRead
{
    private const uint IgnoreBusFaults = 1u << 8, BusFaultStatus = 0xFF00;

    /// <summary>Reads words from an address that is a multiple of 4; those that failed hold anything.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Words(uint address, Span<byte> into)
    {
        fixed (byte* to = into)
        {
            SCB->CCR |= IgnoreBusFaults;
            Cpu.DisableFaults();
            Cpu.Dsb();
            Cpu.Isb();
            for (int i = 0; i + 4 <= into.Length; i += 4) *(uint*)(to + i) = Volatile.Read(ref *(uint*)(address + (uint)i));
            Cpu.Dsb();
            SCB->CFSR = BusFaultStatus;                          // written ones clear; a later crash report shall not show it
            SCB->CCR &= ~IgnoreBusFaults;
            Cpu.Dsb();
            Cpu.EnableFaults();
        }
    }
}
