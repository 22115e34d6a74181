namespace SharpProbe.Sim.Scs;

/// <summary>The system exceptions by their IPSR number (DDI0403 B1.5.2). External interrupt n is number <see cref="Interrupt0"/> + n.</summary>
public static class ExceptionNumber
{
    public const int None = 0, Reset = 1, Nmi = 2, HardFault = 3, MemManage = 4, BusFault = 5, UsageFault = 6;
    public const int SvCall = 11, DebugMonitor = 12, PendSv = 14, SysTick = 15, Interrupt0 = 16;

    private static readonly string[] Names =
    [
        "thread", "Reset", "NMI", "HardFault", "MemManage", "BusFault", "UsageFault", "reserved 7",
        "reserved 8", "reserved 9", "reserved 10", "SVCall", "DebugMonitor", "reserved 13", "PendSV", "SysTick",
    ];

    /// <summary>"HardFault", "IRQ37"; "thread" for 0.</summary>
    public static string Name(int number) => number < Interrupt0 ? Names[number] : $"IRQ{number - Interrupt0}";
}
