using System.Numerics;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// Extended interrupts and events: edges of pins and of other blocks' lines become pending interrupts. RM0431 and RM0433, chapters "EXTI".
/// Lines 0 to 15 follow the pin that SYSCFG chooses; the others are set by <see cref="SetLine"/>.
/// </summary>
public sealed class Exti : Peripheral
{
    private readonly Die _die;
    private readonly ExtiLayout _layout;
    private readonly Syscfg _syscfg;
    private readonly Register[] _imr, _emr, _rtsr, _ftsr, _swier, _pr;
    private readonly Pin?[] _pins = new Pin?[16];
    private readonly Action<NetChange>[] _edges = new Action<NetChange>[16];
    private readonly bool[] _levels;

    public Exti(Die die, ExtiLayout layout, Syscfg syscfg) : base("EXTI")
    {
        (_die, _layout, _syscfg) = (die, layout, syscfg);
        int banks = layout.Banks.Count;
        _levels = new bool[banks * 32];
        _imr = Bank("IMR", b => b.Implemented, b => b.ImrReset, (_, _) => Update());
        _emr = Bank("EMR", b => b.Implemented, _ => 0, (_, _) => { });
        _rtsr = Bank("RTSR", b => b.Configurable, _ => 0, (_, _) => { });
        _ftsr = Bank("FTSR", b => b.Configurable, _ => 0, (_, _) => { });
        _swier = Bank("SWIER", b => b.Configurable, _ => 0, SoftwareEdge);
        _pr = Enumerable.Range(0, banks).Select(i => Add(new()
        {
            Name = layout.NameOf("PR", i), Offset = layout.Offset("PR", i), Widths = layout.Widths,
            ReadMask = layout.Banks[i].Configurable, WriteMask = 0, ClearByOne = layout.Banks[i].Configurable,
            OnWrite = (_, written) => Cleared(i, written),
        })).ToArray();
        foreach (var (name, offset, mask) in layout.D3Registers)
            Add(new() { Name = name, Offset = offset, Widths = layout.Widths, ReadMask = mask, WriteMask = mask, Unmodelled = [new("autonomous mode of domain D3", mask)] });
        for (int i = 0; i < 16; i++)
        {
            int line = i;
            _edges[i] = change => SetLine(line, change.After == Level.High);
            Follow(i);
        }
        syscfg.PortChanged += Follow;
    }

    /// <summary>Raised with the line when an edge passes EMR: wakes a core that waits for an event.</summary>
    public event Action<int>? Event;

    public override void Reset()
    {
        base.Reset();
        Update();
    }

    /// <summary>Level of an input. An edge that RTSR or FTSR selects sets the pending bit.</summary>
    public void SetLine(int line, bool level)
    {
        if (_levels[line] == level) return;
        _levels[line] = level;
        if ((level ? _rtsr : _ftsr)[line / 32][line % 32]) Trigger(line);
    }

    private Register[] Bank(string name, Func<ExtiBank, uint> mask, Func<ExtiBank, uint> reset, Action<int, uint> written) =>
        _layout.Banks.Select((bank, i) => Add(new()
        {
            Name = _layout.NameOf(name, i), Offset = _layout.Offset(name, i), Widths = _layout.Widths, Reset = reset(bank),
            ReadMask = mask(bank), WriteMask = mask(bank), OnWrite = (old, value) => written(i, value & ~old & mask(bank)),
        })).ToArray();

    private void Follow(int line)
    {
        if (_pins[line] is { } left) left.Changed -= _edges[line];
        var pin = _pins[line] = _die.Pin($"P{_syscfg.PortOf(line)}{line}");
        pin.Changed += _edges[line];
        // The edge detector sits behind the multiplexer: switching to a pin of another level is an edge.
        SetLine(line, pin.Net.IsHigh);
    }

    /// <summary>SWIER: a bit that goes from 0 to 1 makes the line pending; clearing PR clears it (RM0431, EXTI_SWIER).</summary>
    private void SoftwareEdge(int bank, uint risen)
    {
        for (; risen != 0; risen &= risen - 1) Trigger(bank * 32 + BitOperations.TrailingZeroCount(risen));
    }

    private void Cleared(int bank, uint written)
    {
        _swier[bank].Value &= ~written;
        Update();
    }

    private void Trigger(int line)
    {
        _pr[line / 32][line % 32] = true;
        if (_emr[line / 32][line % 32]) Event?.Invoke(line);
        Update();
    }

    /// <summary>Interrupt inputs follow PR and IMR; several lines share one.</summary>
    private void Update()
    {
        if (_pr is null) return;
        var levels = new SortedDictionary<int, bool>();
        for (int line = 0; line < _levels.Length; line++)
            if (_layout.Interrupt(line) is { } irq)
                levels[irq] = levels.GetValueOrDefault(irq) || (_pr[line / 32].Value & _imr[line / 32].Value & 1u << line % 32) != 0;
        foreach (var (irq, level) in levels)
            if (_raised.GetValueOrDefault(irq) != level) _die.Interrupts.Set(irq, _raised[irq] = level);
    }

    private readonly Dictionary<int, bool> _raised = [];
}
