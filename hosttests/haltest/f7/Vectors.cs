using System.Runtime;
using SharpProbe.Boards;
using SharpProbe.Hal;

namespace SharpProbe.HalTest;

/// <summary>The last sector of the F72x's flash and the interrupts of the V3 mini.</summary>
static unsafe class Vectors
{
    internal const uint LastSector = 7, LastSectorAddress = 0x0806_0000, FactoryBootAddress = 0x0020_0000;   // the flash as ITCM sees it

    internal static GpioRegisters* PortE => SharpProbe.Hal.F7.Chip.GPIOE;

    [RuntimeExport("Reset_Handler")]
    static void Start() => Boot.Run(&Program.Main);

    [RuntimeExport("DMA1_Stream3_IRQHandler")]
    static void ConsoleTransmitted() => Platform<Family, Board>.OnConsoleTransmitted();

    [RuntimeExport("DMA2_Stream6_IRQHandler")]
    static void TargetTransmitted() => Platform<Family, Board>.OnTargetTransmitted();

    [RuntimeExport("DMA2_Stream1_IRQHandler")]
    static void TargetReceived() => Platform<Family, Board>.OnTargetReceived();
}
