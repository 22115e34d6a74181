using System.Threading;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Interrupt enable and priority. STM32F7 and H7 have 16 priorities: 0 is the most urgent.</summary>
public static unsafe class Nvic
{
    public static void Enable(int irq, int priority)
    {
        NVIC->IPR[irq] = (byte)(priority << 4);
        Volatile.Write(ref NVIC->ISER[irq >> 5], 1u << (irq & 31));
    }

    public static void Disable(int irq)
    {
        Volatile.Write(ref NVIC->ICER[irq >> 5], 1u << (irq & 31));
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
