namespace SharpProbe.Sim.Chips;

/// <summary>What a timer of TIM2 to TIM7 has.</summary>
/// <param name="Channels">0 or 4.</param>
/// <param name="Max">Highest count.</param>
/// <param name="Cr1">Bits of CR1 that exist.</param>
/// <param name="Smcr">Bits of SMCR.</param>
/// <param name="Options">Registers behind DMAR by name, offset and mask: remapping of inputs.</param>
public sealed record TimFeatures(int Channels, uint Max, uint Cr1, uint Smcr, IReadOnlyList<(string Name, uint Offset, uint Mask)> Options)
{
    private static readonly (string, uint, uint)[] OptionsH7 = [("AF1", 0x60, 0x0003_C000), ("TISEL", 0x68, 0x0F0F_0F0F)];

    /// <summary>RM0431 and RM0433, "TIM6/TIM7".</summary>
    public static TimFeatures Basic(bool h7) => new(0, 0xFFFF, h7 ? 0x88Fu : 0x8F, 0, []);

    /// <summary>RM0008, "TIM2 to TIM5": 16 bits each.</summary>
    public static TimFeatures F1 { get; } = new(4, 0xFFFF, 0x3FF, 0xFFF7, []);

    /// <summary>RM0431 and RM0433, "TIM2/TIM3/TIM4/TIM5": 2 and 5 have 32 bits.</summary>
    public static TimFeatures General(bool h7, int number)
    {
        (string, uint, uint)[] options = (h7, number) switch
        {
            (true, _) => OptionsH7,
            (_, 2) => [("OR", 0x50, 0x0C00)],
            (_, 5) => [("OR", 0x50, 0x00C0)],
            _ => [],
        };
        return new(4, number is 2 or 5 ? uint.MaxValue : 0xFFFF, 0xBFF, h7 ? 0x31_FFF7u : 0x1_FFF7, options);
    }
}
