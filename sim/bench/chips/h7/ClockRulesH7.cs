namespace SharpProbe.Sim.Chips.H7;

/// <summary>What the present clock demands of regulator and flash; silicon would compute wrongly, the bench stops.</summary>
public sealed class ClockRulesH7(RccH7 rcc, PwrH7 pwr, FlashH7 flash)
{
    private const ulong Mega = 1_000_000;

    /// <summary>Highest core, AXI/AHB and APB clock in MHz by voltage scale 0 to 3 (DS12110 table "General operating conditions").</summary>
    private static readonly (ulong Cpu, ulong Ahb, ulong Apb)[] Limits = [(480, 240, 120), (400, 200, 100), (300, 150, 75), (200, 100, 50)];

    /// <summary>
    /// Highest AXI clock in MHz at 0, 1, 2 .. wait states and the programming delay WRHIGHFREQ that goes with them, by voltage scale
    /// (RM0433 4.3.8, table of wait states).
    /// </summary>
    private static readonly (ulong Axi, uint Latency, uint Delay)[][] Flash =
    [
        [(70, 0, 0), (140, 1, 1), (185, 2, 1), (210, 2, 2), (225, 3, 2), (240, 4, 2)],
        [(70, 0, 0), (140, 1, 1), (185, 2, 1), (210, 2, 2), (225, 3, 2)],
        [(55, 0, 0), (110, 1, 1), (165, 2, 1), (225, 3, 2)],
        [(45, 0, 0), (90, 1, 1), (135, 2, 1), (180, 3, 2), (225, 4, 2)],
    ];

    public void Check()
    {
        var (cpu, ahb, apb) = Limits[pwr.Scale];
        Limit("core clock", rcc.CpuHertz, cpu);
        Limit("AXI and AHB clock", rcc.Hclk, ahb);
        // Reset leaves all buses at 64 MHz with scale 3, so ST's own start breaks the APB limit and must be good.
        apb = Math.Max(apb, rcc.RunsOnHsi ? 64u : 0);
        Limit("APB1 clock", rcc.Pclk1, apb);
        Limit("APB2 clock", rcc.Pclk2, apb);
        Limit("APB3 clock", rcc.Pclk3, apb);
        Limit("APB4 clock", rcc.Pclk4, apb);
        var (_, latency, delay) = Array.Find(Flash[pwr.Scale], row => rcc.Hclk <= row.Axi * Mega);
        if (flash.Latency < latency) throw new BenchStop($"FLASH.ACR: LATENCY = {flash.Latency}, an AXI clock of {rcc.Hclk} Hz at VOS{pwr.Scale} needs {latency} wait states (RM0433 4.3.8)");
        if (flash.ProgramDelay < delay) throw new BenchStop($"FLASH.ACR: WRHIGHFREQ = {flash.ProgramDelay}, an AXI clock of {rcc.Hclk} Hz at VOS{pwr.Scale} needs {delay} (RM0433 4.3.8)");
    }

    private void Limit(string clock, ulong hertz, ulong limit)
    {
        if (hertz > limit * Mega) throw new BenchStop($"{clock} is {hertz} Hz: at VOS{pwr.Scale} it must not pass {limit} MHz (DS12110, general operating conditions)");
    }
}
