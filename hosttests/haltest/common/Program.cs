using SharpProbe.Boards;
using SharpProbe.Hal;
using SharpProbe.Intrinsics;

namespace SharpProbe.HalTest;

/// <summary>The chip drivers' test program: one line on the console a check, "done" at the end.</summary>
static class Program
{
    internal static void Main()
    {
        Platform<Family, Board>.Start(out _, out _);
        TimeTests.Run();
        InterruptTests.Run();
        FlashTests.Run();
        ConsoleTests.Run();
        TargetUartTests.Run();
        Report.Line("done"u8);
        while (true) Cpu.Wfi();
    }
}
