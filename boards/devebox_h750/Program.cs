using System.Runtime;
using SharpProbe.Hal;
using SharpProbe.Hal.H7;

namespace SharpProbe.Boards;

/// <summary>The board's entries in the vector table.</summary>
static unsafe class Program
{
    [RuntimeExport("Reset_Handler")]
    static void Start() => Boot.Run(&Probe<Family, Board>.Main);

    [RuntimeExport("DMA1_Stream0_IRQHandler")]
    static void ConsoleTransmitted() => Platform<Family, Board>.OnConsoleTransmitted();

    [RuntimeExport("DMA1_Stream2_IRQHandler")]
    static void TargetTransmitted() => Platform<Family, Board>.OnTargetTransmitted();

    [RuntimeExport("DMA1_Stream3_IRQHandler")]
    static void TargetReceived() => Platform<Family, Board>.OnTargetReceived();

    [RuntimeExport("DMA1_Stream4_IRQHandler")]
    static void TraceReceived() => Platform<Family, Board>.OnTraceReceived();

    [RuntimeExport("DMA1_Stream5_IRQHandler")]
    static void TraceEdges() => Platform<Family, Board>.OnTraceEdges();

    [RuntimeExport("TIM2_IRQHandler")]
    static void TraceRested() => Platform<Family, Board>.OnTraceEdges();

    [RuntimeExport("OTG_FS_IRQHandler")]
    static void Usb() => Platform<Family, Board>.OnUsb();
}
