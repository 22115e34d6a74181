using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>DWT_CYCCNT: core cycles, wraps after 2^32 (20 s at 216 MHz).</summary>
public static unsafe class CycleCounter
{
    public static void Start()
    {
        DEMCR |= 1u << 24;                                   // TRCENA
        DWT->LAR = 0xC5ACCE55;                               // Cortex-M7 locks the DWT against software
        DWT->CYCCNT = 0;
        DWT->CTRL |= 1;
    }

    public static uint Now => DWT->CYCCNT;
}
