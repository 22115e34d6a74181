using System.Runtime;
using System.Threading;
using SharpProbe.Hal;
using static SharpProbe.HalTest.Report;

namespace SharpProbe.HalTest;

/// <summary>A pin that drives its own external interrupt: PE2.</summary>
static unsafe class InterruptTests
{
    private const int Line = 2, Exti2Irq = 8;
    private const uint PortIndex = 4;

    private static uint s_edges;

    internal static void Run()
    {
        Pin pin = new(Vectors.PortE, Line);
        pin.Output(false);
        ExternalInterrupt.Enable(Line, PortIndex, rising: true, falling: false);
        Nvic.Enable(Exti2Irq, priority: 4);
        for (int i = 0; i < 3; i++) Pulse(pin);
        Check(Volatile.Read(ref s_edges) == 3, "a rising edge interrupts, a falling one does not"u8);
        ExternalInterrupt.Enable(Line, PortIndex, rising: true, falling: true);
        Pulse(pin);
        Check(Volatile.Read(ref s_edges) == 5, "both edges interrupt"u8);
        ExternalInterrupt.Disable(Line);
        Pulse(pin);
        Check(Volatile.Read(ref s_edges) == 5, "a masked line does not interrupt"u8);
        Check(!pin.Value && !pin.Latch, "an output reads its own level"u8);
    }

    private static void Pulse(Pin pin)
    {
        pin.Value = true;
        _ = pin.Value;                                       // the store has arrived when the load behind it has
        pin.Value = false;
        _ = pin.Value;
    }

    [RuntimeExport("EXTI2_IRQHandler")]
    static void Edge()
    {
        ExternalInterrupt.Acknowledge(Line);
        Volatile.Write(ref s_edges, s_edges + 1);
    }
}
