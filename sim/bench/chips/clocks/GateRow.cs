namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>The registers of one bus with a bit for each block: reset, clock enable, clock enable in Sleep mode.</summary>
/// <param name="Bus">"AHB1"; registers are named from it.</param>
/// <param name="Rstr">Offset of the reset register; null: none.</param>
/// <param name="Enr">Offset of the enable register.</param>
/// <param name="Lpenr">Offset of the sleep enable register; null: none.</param>
/// <param name="EnrReset">Reset value of the enable register.</param>
/// <param name="LpenrReset">Reset value of the sleep enable register.</param>
/// <param name="Bits">"GPIOA:0" for a bit in all three; "CRC:12/el" for enable and sleep enable only, and so on with r, e, l.</param>
public sealed record GateRow(string Bus, uint? Rstr, uint Enr, uint? Lpenr, uint EnrReset, uint LpenrReset, string Bits)
{
    /// <summary>Behind the registers' names: "1" for "APB1RSTR1".</summary>
    public string Suffix { get; init; } = "";

    /// <summary>What the sleep enable registers are called.</summary>
    public string Sleep { get; init; } = "LPENR";
}
