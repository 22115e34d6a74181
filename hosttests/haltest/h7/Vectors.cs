using System.Runtime;
using SharpProbe.Boards;
using SharpProbe.Hal;

namespace SharpProbe.HalTest;

/// <summary>The last sector of bank 1 of the H743's flash and the interrupts of the DEVEBOX board.</summary>
static unsafe class Vectors
{
    internal const uint LastSector = 7, LastSectorAddress = 0x080E_0000, FactoryBootAddress = 0x0800_0000;

    internal static GpioRegisters* PortE => SharpProbe.Hal.H7.Chip.GPIOE;

    [RuntimeExport("Reset_Handler")]
    static void Start() => Boot.Run(&Program.Main);

    [RuntimeExport("DMA1_Stream0_IRQHandler")]
    static void ConsoleTransmitted() => Platform<Family, Board>.OnConsoleTransmitted();

    [RuntimeExport("DMA1_Stream2_IRQHandler")]
    static void TargetTransmitted() => Platform<Family, Board>.OnTargetTransmitted();

    [RuntimeExport("DMA1_Stream3_IRQHandler")]
    static void TargetReceived() => Platform<Family, Board>.OnTargetReceived();
}
