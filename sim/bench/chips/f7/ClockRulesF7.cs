namespace SharpProbe.Sim.Chips.F7;

/// <summary>What the present clock demands of regulator and flash; silicon would compute wrongly, the bench stops.</summary>
public sealed class ClockRulesF7(RccF7 rcc, PwrF7 pwr, FlashF7 flash)
{
    private const ulong Mega = 1_000_000;

    /// <summary>Wait states by HCLK at 2.7 to 3.6 V: one more for each 30 MHz (RM0431 3.3.2, table of wait states).</summary>
    private static uint WaitStates(ulong hclk) => (uint)((hclk + 30 * Mega - 1) / (30 * Mega)) - 1;

    public void Check()
    {
        ulong limit = (pwr.Scale, pwr.OverDrive) switch { (1, true) => 216, (1, false) => 180, (2, true) => 180, (2, false) => 168, _ => 144 };
        if (rcc.Hclk > limit * Mega) throw new BenchStop($"HCLK is {rcc.Hclk} Hz: with VOS at scale {pwr.Scale} and over-drive {OnOff} it must not pass {limit} MHz (RM0431 4.1.4)");
        // DS11853 table "General operating conditions".
        ulong apb1 = pwr.OverDrive ? 54u : 45, apb2 = pwr.OverDrive ? 108u : 90;
        if (rcc.Pclk1 > apb1 * Mega) throw new BenchStop($"APB1 clock is {rcc.Pclk1} Hz: with over-drive {OnOff} it must not pass {apb1} MHz");
        if (rcc.Pclk2 > apb2 * Mega) throw new BenchStop($"APB2 clock is {rcc.Pclk2} Hz: with over-drive {OnOff} it must not pass {apb2} MHz");
        uint needed = Math.Min(WaitStates(rcc.Hclk), 7);
        if (flash.Latency < needed) throw new BenchStop($"FLASH.ACR: LATENCY = {flash.Latency}, HCLK at {rcc.Hclk} Hz needs {needed} wait states (RM0431 3.3.2)");
    }

    private string OnOff => pwr.OverDrive ? "on" : "off";
}
