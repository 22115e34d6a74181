namespace SharpProbe.Hal;

/// <summary>Independent watchdog on the 32 kHz LSI (RM0431 chapter 29, RM0433 chapter 45). Once started it cannot be stopped.</summary>
public static unsafe class Watchdog
{
    private const uint Unlock = 0x5555, Reload = 0xAAAA, Enable = 0xCCCC, DivideBy32 = 3;

    /// <summary>Starts it with a time-out in milliseconds, 1 to 4096; the LSI runs at 17 to 47 kHz on the F7 (DS11853), so half or twice that is possible.</summary>
    public static void Start(IwdgRegisters* iwdg, uint milliseconds)
    {
        iwdg->KR = Enable;
        iwdg->KR = Unlock;
        iwdg->PR = DivideBy32;                               // 1 kHz
        iwdg->RLR = milliseconds - 1;
        while (iwdg->SR != 0) { }                            // the LSI domain has taken both over: at most five LSI cycles
        iwdg->KR = Reload;
    }

    public static void Feed(IwdgRegisters* iwdg) => iwdg->KR = Reload;
}
