using System.Threading;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Interrupt enable and priority. STM32F7 and H7 have 16 priorities: 0 is the most urgent.</summary>
public static unsafe class Nvic
{
    // Register arrays of the NVIC (DDI 0403E, B3.4.3): one bit an interrupt, one byte for the priority.
    private static uint* ISER => (uint*)0xE000_E100;
    private static uint* ICER => (uint*)0xE000_E180;
    private static byte* IPR => (byte*)0xE000_E400;

    public static void Enable(int irq, int priority)
    {
        Volatile.Write(ref IPR[irq], (byte)(priority << 4));
        Volatile.Write(ref ISER[irq >> 5], 1u << (irq & 31));
    }

    public static void Disable(int irq)
    {
        Volatile.Write(ref ICER[irq >> 5], 1u << (irq & 31));
        Cpu.Dsb();
        Cpu.Isb();
    }

    /// <summary>Resets the chip, keeps RAM (AIRCR.SYSRESETREQ, DDI 0403E, B3.2.6). Does not return.</summary>
    public static void SystemReset()
    {
        Cpu.Dsb();
        SCB->AIRCR = 0x05FA_0004;
        Cpu.Dsb();
        while (true) { }
    }
}
