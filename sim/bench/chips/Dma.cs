namespace SharpProbe.Sim.Chips;

/// <summary>
/// Stream DMA controller: RM0431 chapter 8, RM0433 chapter 15. One stream is served at a time, by PL and then by number; each service takes time on the
/// AHB clock, then happens at once. Peripheral bursts, peripheral flow control and PINCOS are not modelled and stop the bench.
/// </summary>
public sealed class Dma : Peripheral
{
    private static readonly int[] FlagShift = [0, 6, 16, 22];

    private readonly Die _die;
    private readonly Func<ulong> _ahbHertz;
    private readonly IReadOnlyList<int> _irqs;
    private readonly DmaStream[] _streams = new DmaStream[8];
    private readonly Register[] _isr = new Register[2];
    private readonly bool[] _irqLevels = new bool[8];
    private DmaStream? _serving;
    private TimeBase.Event? _service;

    /// <param name="number">1 or 2.</param>
    /// <param name="die">The chip; transfers go through its bus.</param>
    /// <param name="version">Family.</param>
    /// <param name="router">F7: <see cref="DmaChannelsF7"/>; H7: the <see cref="Dmamux"/>.</param>
    /// <param name="ahbHertz">HCLK in Hz.</param>
    /// <param name="irqs">NVIC inputs of streams 0 to 7.</param>
    public Dma(int number, Die die, DmaVersion version, IDmaRouter router, Func<ulong> ahbHertz, IReadOnlyList<int> irqs) : base($"DMA{number}")
    {
        (Number, _die, Version, Router, _ahbHertz, _irqs) = (number, die, version, router, ahbHertz, irqs);
        const uint flags = 0x0F7D_0F7D;
        for (int i = 0; i < 2; i++)
        {
            int half = i;
            string letter = i == 0 ? "L" : "H";
            _isr[i] = Add(new() { Name = letter + "ISR", Offset = 4 * (uint)i, ReadMask = flags, WriteMask = 0 });
            Add(new()
            {
                Name = letter + "IFCR", Offset = 8 + 4 * (uint)i, ReadMask = 0, WriteMask = 0,
                OnWrite = (_, written) => { _isr[half].Value &= ~(written & flags); UpdateInterrupts(); },
            });
        }
        for (int i = 0; i < 8; i++)
        {
            _streams[i] = new(this, i);
            foreach (var register in _streams[i].Registers) Add(register);
        }
        router.Changed += (controller, stream) => { if (controller == Number) _streams[stream].Reroute(); };
    }

    internal int Number { get; }
    internal DmaVersion Version { get; }
    internal IDmaRouter Router { get; }
    internal Bus Bus => _die.Bus;

    public override void Reset()
    {
        base.Reset();
        _service?.Cancel();
        _serving = null;
        foreach (var stream in _streams) stream.Reset();
        UpdateInterrupts();
    }

    internal DmaFlags Flags(int stream) => (DmaFlags)(_isr[stream / 4].Value >> FlagShift[stream % 4] & 0x3F);

    internal void Raise(int stream, DmaFlags flags)
    {
        _isr[stream / 4].Value |= (uint)flags << FlagShift[stream % 4];
        UpdateInterrupts();
    }

    internal void UpdateInterrupts()
    {
        for (int n = 0; n < 8; n++)
        {
            if (_streams[n] is not { } stream) return;
            bool level = (Flags(n) & stream.InterruptEnables) != 0;
            if (level != _irqLevels[n]) _die.Interrupts.Set(_irqs[n], _irqLevels[n] = level);
        }
    }

    internal bool IsServing(DmaStream stream) => _serving == stream;

    /// <summary>Begins the next service if the controller is free and a stream wants one.</summary>
    internal void Pump()
    {
        if (_serving is not null) return;
        DmaStream? best = null;
        foreach (var stream in _streams)
            if (stream.Wanting && (best is null || stream.Priority > best.Priority)) best = stream;
        if (best is null) return;
        _serving = best;
        ulong duration = (ulong)((UInt128)TimeBase.Second * (uint)best.ServiceCycles / _ahbHertz());
        _service = _die.Time.At(_die.Time.Moment + duration, () =>
        {
            best.Serve();
            _serving = null;
            best.Served();
            Pump();
        });
    }
}
