using System.Threading;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Milliseconds since start-up, by SysTick.</summary>
public static unsafe class Tick
{
    private static uint s_milliseconds;

    public static uint Milliseconds => Volatile.Read(ref s_milliseconds);

    public static void Start(uint coreHertz)
    {
        STK->RVR = coreHertz / 1000 - 1;
        STK->CVR = 0;
        SCB->SHPR3 = SCB->SHPR3 & 0x00FF_FFFF | 0xF000_0000;  // the least urgent
        STK->CSR = 7;                                         // core clock, interrupt, enable
    }

    /// <summary>Called by the SysTick handler.</summary>
    internal static void Advance() => Volatile.Write(ref s_milliseconds, s_milliseconds + 1);
}
