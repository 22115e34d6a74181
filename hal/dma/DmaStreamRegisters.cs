using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>One stream of DMA1 or DMA2 (RM0431 8.5.5 on, RM0433 15.5.5 on).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DmaStreamRegisters
{
    public volatile uint CR, NDTR, PAR, M0AR, M1AR, FCR;
}
