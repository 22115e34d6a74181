namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>An RCC as reset leaves it: its enable and reset bits work, some of its registers are kept without effect, and everything else stops the target. All buses run with the reset clock.</summary>
public sealed class ResetClocks : StClocks
{
    private readonly ulong _hertz, _lsi;

    /// <param name="die">The chip.</param>
    /// <param name="hertz">The clock after reset.</param>
    /// <param name="lsi">The watchdog's.</param>
    /// <param name="rows">Enable and reset registers.</param>
    /// <param name="kept">Other registers that debuggers look at.</param>
    public ResetClocks(Die die, ulong hertz, ulong lsi, IReadOnlyList<GateRow> rows, params Register[] kept) : base(die)
    {
        (_hertz, _lsi) = (hertz, lsi);
        Gates = new(rows, Add);
        foreach (var register in kept) Add(register);
    }

    public override ulong Hclk => _hertz;
    public override ulong Pclk1 => _hertz;
    public override ulong Pclk2 => _hertz;
    public override ulong LsiHertz => _lsi;

    public override void Reset(ResetCause cause)
    {
        ResetRegisters();
        RaiseChanged();
    }

    protected override void Update() { }
}
