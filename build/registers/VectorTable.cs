using System.Text;

namespace SharpProbe.Build.Registers;

/// <summary>The vector table as a linker script fragment: a handler that no source defines is Default_Handler.</summary>
static class VectorTable
{
    private static readonly string[] CoreHandlers =
    [
        "NMI", "HardFault", "MemManage", "BusFault", "UsageFault", "", "", "", "", "SVC", "DebugMon", "", "PendSV", "SysTick",
    ];

    public static string Text(RegisterFamily family, IReadOnlyList<SvdPeripheral> chip)
    {
        var names = chip.SelectMany(p => p.Interrupts).GroupBy(i => i.Number).ToDictionary(g => g.Key, g => g.First().Name);
        var text = new StringBuilder($"/* Written by ./build.sh registers from {family.Svd}.svd. */\nLONG(__main_stack_end)\nLONG(Reset_Handler | 1)\n");
        foreach (string name in CoreHandlers) text.Append(name == "" ? "LONG(0)\n" : Entry(name + "_Handler"));
        for (int irq = 0; irq <= names.Keys.Max(); irq++)
            text.Append(names.TryGetValue(irq, out string? name) ? Entry(Correction.Interrupt(name) + "_IRQHandler") : "LONG(0)\n");
        return text.ToString();
    }

    private static string Entry(string handler) => $"LONG(DEFINED({handler}) ? {handler} | 1 : Default_Handler | 1)\n";
}
