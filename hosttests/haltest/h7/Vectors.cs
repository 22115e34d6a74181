using System.Runtime;
using SharpProbe.Boards;
using SharpProbe.Hal;

namespace SharpProbe.HalTest;

/// <summary>The boot address of a part from the factory, and the interrupts of the DEVEBOX board.</summary>
static unsafe class Vectors
{
    internal const uint Unreadable = 0x081C_0040;           // the bench makes it so
    internal const uint FactoryBootAddress = 0x0800_0000;

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
