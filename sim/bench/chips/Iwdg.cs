namespace SharpProbe.Sim.Chips;

/// <summary>
/// Independent watchdog on the LSI clock: RM0431 and RM0433, chapters "IWDG". Once started nothing but a reset stops it.
/// A write that the block would silently lose (no 0x5555 before it, or while SR says busy) stops the bench.
/// </summary>
public sealed class Iwdg : Peripheral
{
    private const uint Pvu = 1, Rvu = 2, Wvu = 4;
    /// <summary>Updating PR, RLR or WINR across the clock domains takes up to five LSI periods; the bench takes all five.</summary>
    private const ulong UpdatePeriods = 5;

    private const ulong NominalHertz = 32_000;

    private readonly TimeBase _time;
    private readonly Func<ulong> _lsiHertz;
    private readonly Register _pr, _rlr, _winr, _sr;
    private TimeBase.Event? _expiry;
    private readonly List<TimeBase.Event> _updates = [];
    private readonly List<Action> _waiting = [];
    private bool _unlocked;
    /// <summary>The counter held <see cref="_count"/> at <see cref="_countedAt"/>.</summary>
    private ulong _countedAt;
    private uint _count, _prescaler, _reload = 0xFFF, _window = 0xFFF;

    /// <param name="name">"IWDG" or "IWDG1".</param>
    /// <param name="die">The chip.</param>
    /// <param name="lsiHertz">The LSI's frequency, 32 kHz nominal (DS11853, DS12110); 0 while RCC has it off. The start key turns it on by itself.</param>
    public Iwdg(string name, Die die, Func<ulong> lsiHertz) : base(name)
    {
        (_time, _lsiHertz) = (die.Time, lsiHertz);
        Add(new() { Name = "KR", Offset = 0x00, ReadMask = 0, WriteMask = 0, Widths = 6, OnWrite = (_, key) => Key(key & 0xFFFF) });
        _sr = new() { Name = "SR", Offset = 0x0C, ReadMask = 7, WriteMask = 0, Widths = 6 };
        _pr = Add(new() { Name = "PR", Offset = 0x04, ReadMask = 7, WriteMask = 7, Widths = 6, OnWrite = (_, _) => Update("PR", Pvu, () => Prescale(_pr!.Value)) });
        _rlr = Add(new() { Name = "RLR", Offset = 0x08, Reset = 0xFFF, ReadMask = 0xFFF, WriteMask = 0xFFF, Widths = 6, OnWrite = (_, _) => Update("RLR", Rvu, () => _reload = _rlr!.Value) });
        Add(_sr);
        _winr = Add(new() { Name = "WINR", Offset = 0x10, Reset = 0xFFF, ReadMask = 0xFFF, WriteMask = 0xFFF, Widths = 6, OnWrite = (_, _) => UpdateWindow() });
    }

    /// <summary>The watchdog's reset request, with the reason in words.</summary>
    public event Action<string>? Expired;

    /// <summary>True from the start key until reset.</summary>
    public bool Running { get; private set; }

    /// <summary>Time from a reload to the reset, in femtoseconds: (RL + 1) times 4 * 2^PR LSI periods. PR 6 and 7 both divide by 256.</summary>
    public ulong Timeout => Ticks(_reload + 1);

    public override void Reset()
    {
        base.Reset();
        _expiry?.Cancel();
        foreach (var update in _updates) update.Cancel();
        _updates.Clear();
        _waiting.Clear();
        (Running, _unlocked, _prescaler, _reload, _window) = (false, false, 0, 0xFFF, 0xFFF);
    }

    private ulong LsiHertz => _lsiHertz() is > 0 and var hertz ? hertz : NominalHertz;

    private ulong Ticks(uint counts) => (ulong)((UInt128)TimeBase.Second * counts * (4u << (int)Math.Min(_prescaler, 6)) / LsiHertz);

    private void Key(uint key)
    {
        _unlocked = key == 0x5555;
        if (key == 0xCCCC) Start();
        else if (key == 0xAAAA && Running)
        {
            if (Counter > _window) Fire($"{Name}: reloaded at {Counter}, above the window {_window}");
            else Reload();
        }
    }

    /// <summary>What key 0xCCCC does; also what the hardware watchdog option byte does at reset.</summary>
    public void Start()
    {
        if (Running) return;
        Running = true;
        Reload();
        foreach (var update in _waiting) update();
        _waiting.Clear();
    }

    private uint Counter => (uint)Math.Max(0, _count - (long)((_time.Now - _countedAt) / Ticks(1)));

    private void Reload()
    {
        if (Running) CountFrom(_reload);
    }

    private void CountFrom(uint count)
    {
        (_count, _countedAt) = (count, _time.Now);
        _expiry?.Cancel();
        _expiry = _time.After(Ticks(count + 1), () => Fire($"{Name}: not reloaded in time (RLR = {_reload}, PR = {_prescaler})"));
    }

    /// <summary>A running counter goes on from where it is, at the new rate.</summary>
    private void Prescale(uint prescaler)
    {
        uint left = Running ? Counter : 0;
        _prescaler = prescaler;
        if (Running) CountFrom(left);
    }

    private void Fire(string reason) => Expired?.Invoke(reason);

    private void UpdateWindow() => Update("WINR", Wvu, () =>
    {
        _window = _winr.Value;
        Reload();   // a write to WINR also reloads (RM0431 and RM0433, IWDG window option)
    });

    private void Update(string register, uint busy, Action apply)
    {
        if (!_unlocked) throw new BenchStop($"{Name}.{register} written without key 0x5555 in KR: the write is lost");
        if ((_sr.Value & busy) != 0) throw new BenchStop($"{Name}.{register} written while SR (0x{_sr.Value:X}) says its last update is under way");
        _sr.Value |= busy;
        void Begin() => _updates.Add(_time.After(TimeBase.Second / LsiHertz * UpdatePeriods, () =>
        {
            _sr.Value &= ~busy;
            apply();
        }));
        // Without LSI the update hangs until the start key turns it on.
        if (Running || _lsiHertz() > 0) Begin();
        else _waiting.Add(Begin);
    }
}
