namespace SharpProbe.App;

/// <summary>What stopped the program: Arm's exception numbers, plus our own.</summary>
public enum CrashKind : uint
{
    /// <summary>A failed check; the message says which.</summary>
    FailFast = 0,
    Nmi = 2,
    HardFault = 3,
    MemManage = 4,
    BusFault = 5,
    UsageFault = 6,
    /// <summary>The main loop did not feed the watchdog.</summary>
    Watchdog = 256,
}
