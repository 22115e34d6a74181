using System.Runtime;
using SharpProbe.Boards;
using SharpProbe.Hal;

namespace SharpProbe.HalTest;

/// <summary>The boot address of a part from the factory, and the interrupts of the V3 mini.</summary>
static unsafe class Vectors
{
    internal static uint Unreadable => 0;                     // this flash has no ECC
    internal const uint FactoryBootAddress = 0x0020_0000;   // the flash as ITCM sees it

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
