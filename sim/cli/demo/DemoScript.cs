namespace SharpProbe.Sim.Cli.Demo;

/// <summary>The session that the demo plays, on the program in demo/stm32f103.</summary>
internal static class DemoScript
{
    public static IReadOnlyList<DemoStep> Steps { get; } =
    [
        new("who is there", "SharpProbe", "monitor version"),
        new("scan the wire", "STM32F1", "monitor swd_scan"),
        new("attach", "Attaching", "attach 1"),
        new("load the program into flash", "Transfer rate", "load"),
        new("is it what was written?", "matched", "compare-sections"),
        new("run to a breakpoint in C#", "Breakpoint 1, .*Score__Count", "break app_SharpProbe_Demo_Score__Count", "continue"),
        new("how did it get there?", "#1 .*", "backtrace"),
        new("registers", "pc +0x80", "info registers r0 sp lr pc xpsr"),
        new("step a line", "Score.cs|\\d+\\t", "step"),
        new("step an instruction", "0x|\\d+\\t", "stepi"),
        new("stop when the count changes", "Hardware watchpoint", "delete", "watch app_SharpProbe_Demo_Score::s_primes", "continue"),
        new("variables", "= \\d+", "print app_SharpProbe_Demo_Score::s_primes", "print app_SharpProbe_Demo_Score::s_latest"),
        new("peripherals are readable", "0x40011000", "x/4xw 0x40011000"),
        new("call a function in the target", "= (1|true)", "delete", "print app_SharpProbe_Demo_Program__IsPrime(7919)"),
        new("let it run", "[Dd]etach", "detach"),
    ];
}
