namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>What a target's chip must know of its clock controller, whichever the family.</summary>
public abstract class StClocks : Peripheral
{
    private readonly List<(int Bit, Oscillator Source, Func<(ulong Hertz, ulong StartUp)> Settings)> _switched = [];

    protected StClocks(Die die) : base("RCC") => Die = die;

    protected Die Die { get; }

    /// <summary>Enable and reset bits.</summary>
    public ClockGates Gates { get; protected init; } = null!;

    /// <summary>AHB and core clock, Hz.</summary>
    public abstract ulong Hclk { get; }
    public abstract ulong Pclk1 { get; }
    public abstract ulong Pclk2 { get; }

    /// <summary>The watchdog's clock in Hz, 0 while it is off.</summary>
    public abstract ulong LsiHertz { get; }

    /// <summary>Raised when any frequency may have changed.</summary>
    public event Action? Changed;

    public abstract void Reset(ResetCause cause);

    public override void Reset() => Reset(ResetCause.Pin);

    protected void ResetRegisters() => base.Reset();

    protected void RaiseChanged() => Changed?.Invoke();

    /// <summary>A source with its ON bit in CR and its RDY bit above it. <paramref name="settings"/>: Hz and start-up time in femtoseconds when it is turned on.</summary>
    protected Oscillator Source(string name, int bit, int readyBit, Func<(ulong Hertz, ulong StartUp)> settings)
    {
        var source = new Oscillator(Die.Time, name);
        source.BecameReady += _ => Update();
        _switched.Add((bit | readyBit << 8, source, settings));
        return source;
    }

    /// <summary>CR's ready bits.</summary>
    protected uint ReadyBits => _switched.Aggregate(0u, (bits, s) => s.Source.Ready ? bits | 1u << (s.Bit >> 8) : bits);

    protected void StopAll()
    {
        foreach (var (_, source, _) in _switched) source.Stop();
    }

    /// <summary>Turns sources on and off as CR says; what is in use stays on (RM0090 7.3.1, RM0351 6.4.1).</summary>
    protected void Switch(Register cr, uint old, uint inUse)
    {
        cr.Value |= old & inUse;
        foreach (var (bit, source, settings) in _switched)
        {
            if (!cr[bit & 0xFF]) source.Stop();
            else if (!source.On)
            {
                var (hertz, startUp) = settings();
                source.Start(hertz, startUp);
            }
        }
        Update();
    }

    /// <summary>Works out the frequencies, and lets the system clock follow its switch when the source is ready.</summary>
    protected abstract void Update();

    /// <summary>HPRE: 8 to 15 divide by 2, 4, 8, 16, 64, 128, 256, 512.</summary>
    protected static ulong AfterAhb(ulong hertz, uint field) => field < 8 ? hertz : hertz >> (int)(field < 12 ? field - 7 : field - 6);

    /// <summary>PPRE: 4 to 7 divide by 2, 4, 8, 16.</summary>
    protected static ulong AfterApb(ulong hertz, uint field) => field < 4 ? hertz : hertz >> (int)(field - 3);
}
