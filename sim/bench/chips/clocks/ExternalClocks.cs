namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>What the board has at the chip's oscillator pins.</summary>
/// <param name="HseHertz">Hz; 0: nothing.</param>
/// <param name="HseIsModule">A clock signal comes in (bypass mode); false: a crystal.</param>
/// <param name="LseHertz">Hz; 0: nothing.</param>
/// <param name="LseIsModule">A clock signal comes in.</param>
public sealed record ExternalClocks(ulong HseHertz, bool HseIsModule, ulong LseHertz = 0, bool LseIsModule = false)
{
    /// <summary>Crystal start-up: 2 ms for HSE and 2 s for LSE, typical (DS11853 5.3.9, DS12110 6.3.8).</summary>
    private const ulong HseCrystal = TimeBase.Second / 500, LseCrystal = 2 * TimeBase.Second;
    private const ulong Signal = TimeBase.Second / 1_000_000;

    /// <summary>
    /// Turns the HSE on. In bypass mode a crystal gives nothing. A clock signal gets through in crystal mode as well: so it does on the ST-LINK/V3 mini.
    /// </summary>
    public void StartHse(Oscillator hse, bool bypass) =>
        hse.Start(bypass && !HseIsModule ? 0 : HseHertz, HseIsModule ? Signal : HseCrystal);

    public void StartLse(Oscillator lse, bool bypass) =>
        lse.Start(bypass && !LseIsModule ? 0 : LseHertz, LseIsModule ? Signal : LseCrystal);
}
