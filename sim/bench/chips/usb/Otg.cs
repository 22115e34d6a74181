using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>
/// The Synopsys OTG core as a device in slave mode (RM0431 and RM0433, chapters "USB on-the-go"). Host mode, DMA, isochronous endpoints, link power management,
/// battery charging and remote wake-up are not modelled and stop the bench by name. What a write makes wrong on silicon stops it with a sentence.
/// </summary>
public sealed partial class Otg : Peripheral, IUsbDevice
{
    private readonly Die _die;
    private readonly TimeBase _time;
    private readonly OtgPhy _phy;
    private readonly Func<ulong> _hclk;
    private readonly OtgRxFifo _rx;
    private readonly OtgIn[] _in;
    private readonly OtgOut[] _out;
    private readonly List<TimeBase.Event> _pending = [];
    private readonly string _busName;

    /// <param name="die">The chip.</param>
    /// <param name="facts">Which core.</param>
    /// <param name="phy">Its transceiver.</param>
    /// <param name="hclk">AHB clock in Hz.</param>
    public Otg(Die die, OtgInstance facts, OtgPhy phy, Func<ulong> hclk) : base(facts.Name)
    {
        (_die, _time, _phy, _hclk, Facts) = (die, die.Time, phy, hclk, facts);
        _busName = $"{die.Name}.{facts.Name}";
        AddGlobal();
        AddDevice();
        _rx = new(Name, () => (int)_grxfsiz.Value);
        _in = new OtgIn[facts.Endpoints];
        _out = new OtgOut[facts.Endpoints];
        for (int i = 0; i < facts.Endpoints; i++)
        {
            _in[i] = new(this, i, new(Name, i, AddFifoSize(i)));
            _out[i] = new(this, i, _rx);
        }
        Reset();
    }

    internal OtgInstance Facts { get; }

    /// <summary>The board brings VBUS to the core's sense pin.</summary>
    public bool SensesVbus { get; init; }

    /// <summary>Why the core stands still while the processor sleeps, or null. Set by whoever assembles the chip.</summary>
    public Func<string?> Asleep { get; set; } = () => null;

    string IUsbDevice.Name => _busName;

    internal Register AddRegister(Register register) => Add(register);

    /// <summary>Reset of the block by RCC or of the system.</summary>
    public override void Reset()
    {
        base.Reset();
        ClearCore();
        _sessionSeen = false;
        Settle();
    }

    /// <summary>Something that the core does after a while, unless a reset comes first. Femtoseconds.</summary>
    internal void Later(ulong delay, Action action)
    {
        _pending.RemoveAll(e => e.Cancelled);
        TimeBase.Event? mine = null;
        mine = _time.After(delay, () =>
        {
            _pending.Remove(mine!);
            action();
            Settle();
        });
        _pending.Add(mine);
    }

    public override uint Read(uint offset, int width)
    {
        Guard(offset, "read");
        if (offset >= FifoWindows) return ReadFifo(offset, width);
        if (offset == _gintsts.Offset) SeeFrame();
        else if (offset == _grxstsr.Offset) _grxstsr.Value = _rx.Peek("GRXSTSR");
        else if (offset == _grxstsp.Offset) _grxstsp.Value = PopStatus();
        else return base.Read(offset, width);
        uint value = base.Read(offset, width);
        Settle();
        return value;
    }

    public override void Write(uint offset, uint value, int width)
    {
        Guard(offset, "written");
        if (offset == _gintsts.Offset) SeeFrame();
        if (offset >= FifoWindows)
        {
            WriteFifo(offset, value, width);
            return;
        }
        base.Write(offset, value, width);
        Settle();
    }

    /// <summary>All that follows from a change of state: session and attachment, the interrupt line, and word to a host that was put off.</summary>
    private void Settle()
    {
        SettleSession();
        SettleInterrupt();
        for (int i = 0; i < _in.Length; i++)
        {
            TellReady(_in[i], i | 0x80);
            TellReady(_out[i], i);
        }
    }

    private void SettleInterrupt() => _die.Interrupts.Set(Facts.Irq, _gahbcfg[0] && (Interrupts & _gintmsk.Value) != 0);

    private void TellReady(OtgEndpoint endpoint, int address)
    {
        if (!endpoint.Refused || !endpoint.Stall && endpoint.WouldRefuse) return;
        endpoint.Refused = false;
        Ready?.Invoke(address);
    }

    private void ClearCore()
    {
        foreach (var e in _pending) e.Cancel();
        _pending.Clear();
        _rx.Flush();
        foreach (var endpoint in _in) endpoint.Clear();
        foreach (var endpoint in _out) endpoint.Clear();
        (_resetting, _suspended, _busReset, _address, _nextAddress) = (false, false, false, 0, null);
        (_setupOpen, _control, _controlOut, _enumerated, _turnaroundChecked) = (false, false, false, false, false);
        _sofEvent?.Cancel();
        _sofEvent = null;
    }

    private void Guard(uint offset, string verb)
    {
        RequireClock($"offset 0x{offset:X}", verb);
        if (offset is >= 0x400 and < 0x800) throw new BenchStop($"{Name}: offset 0x{offset:X} {verb}: host mode is not modelled");
        if (_resetting && offset != _grstctl.Offset) throw new BenchStop($"{Name}: offset 0x{offset:X} {verb} while GRSTCTL.CSRST = 1: the core is being reset");
        if (_pcgcctl[0] && offset != _pcgcctl.Offset) throw new BenchStop($"{Name}: offset 0x{offset:X} {verb} while PCGCCTL.STPPCLK = 1: the PHY clock is stopped");
    }
}
