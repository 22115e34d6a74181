using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.L5;

/// <summary>The clocks of an STM32L5 or U5 as a reset leaves them: MSI at 4 MHz, undivided. No register of the RCC is modelled; a program that touches one stops the target.</summary>
public sealed class ClocksL5(Die die) : StClocks(die)
{
    private const ulong Msi = 4_000_000, Lsi = 32_000;

    public override ulong Hclk => Msi;
    public override ulong Pclk1 => Msi;
    public override ulong Pclk2 => Msi;
    public override ulong LsiHertz => Lsi;

    public override void Reset(ResetCause cause) => RaiseChanged();

    protected override void Update() { }
}
