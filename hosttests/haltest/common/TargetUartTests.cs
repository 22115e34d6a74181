using SharpProbe.Boards;
using SharpProbe.Hal;
using SharpProbe.Usb.Cdc;
using static SharpProbe.HalTest.Report;

namespace SharpProbe.HalTest;

static class TargetUartTests
{
    internal static void Run()
    {
        Uart uart = Platform<Family, Board>.StartTargetUart();
        Check(uart.TrySet(new LineCoding(1_000_000, 0, 0, 8)), "1 Mbaud can be"u8);
        Check(!uart.TrySet(new LineCoding(50_000_000, 0, 0, 8)) && !uart.TrySet(new LineCoding(100, 0, 0, 8)), "50 Mbaud and 100 baud cannot"u8);
        Line("flood"u8);
        Wait(200);
        Check(uart.Available == 0 && uart.Lost == 18_000, "18000 bytes that nobody read in time are counted as lost"u8);
        Line("again"u8);
        Wait(100);
        Check(uart.Available == 2_000 && uart.Lost == 18_000, "reception goes on after a loss"u8);
    }

    private static void Wait(uint milliseconds)
    {
        uint start = Tick.Milliseconds;
        while (Tick.Milliseconds - start < milliseconds) { }
    }
}
