using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// General-purpose and basic timers, counting up on the internal clock: time base, compare, PWM, capture, DMA requests (RM0431 and RM0433, "TIM2/TIM3/TIM4/TIM5"
/// and "TIM6/TIM7"). The count is computed from simulated time; events are scheduled for matches and overflows only. Not modelled, and a stop when chosen:
/// counting down, slave mode, external clock, trigger output, filters, DMA bursts, remapping.
/// </summary>
public sealed partial class Tim : Peripheral
{
    private readonly Die _die;
    private readonly TimFeatures _features;
    private readonly Func<ulong> _hertz;
    private readonly int _irq;
    private readonly Signal[] _channels;
    private readonly DmaRequest _updateRequest;
    private readonly DmaRequest[] _compareRequests;
    private readonly bool[] _reference;
    private readonly uint[] _ccrActive;
    private uint _pscActive, _arrActive, _stoppedAt;
    /// <summary>When the counter was or would have been 0 at the present rate, in femtoseconds; may lie before power-on, hence signed.</summary>
    private Int128 _zero;
    private TimeBase.Event? _next;
    private bool _irqLevel;

    /// <param name="name">"TIM2"; signals "TIM2_CH1" and requests "TIM2_UP", "TIM2_CH1" are named from it.</param>
    /// <param name="die">The chip.</param>
    /// <param name="features">What this timer has.</param>
    /// <param name="hertz">Timer kernel clock (CK_INT) in Hz.</param>
    /// <param name="irq">NVIC input.</param>
    public Tim(string name, Die die, TimFeatures features, Func<ulong> hertz, int irq) : base(name)
    {
        (_die, _features, _hertz, _irq) = (die, features, hertz, irq);
        var numbers = Enumerable.Range(1, features.Channels).ToArray();
        _channels = [.. numbers.Select(n => die.AddSignal($"{name}_CH{n}"))];
        _compareRequests = [.. numbers.Select(n => die.Request($"{name}_CH{n}"))];
        _updateRequest = die.Request(name + "_UP");
        _updateRequest.Served += () => _updateRequest.Level = false;
        foreach (var request in _compareRequests) request.Served += () => request.Level = false;
        (_reference, _ccrActive) = (new bool[features.Channels], new uint[features.Channels]);
        AddRegisters();
        for (int i = 0; i < features.Channels; i++)
        {
            int channel = i;
            _channels[i].InputChanged += change => Edge(channel, change);
        }
        _arrActive = features.Max;
    }

    private bool Running => _cr1[0];

    public override void Reset()
    {
        base.Reset();
        _next?.Cancel();
        (_pscActive, _arrActive, _stoppedAt) = (0, _features.Max, 0);
        Array.Clear(_reference);
        Array.Clear(_ccrActive);
        _updateRequest.Level = false;
        foreach (var request in _compareRequests) request.Level = false;
        foreach (var channel in _channels) channel.Set(Drive.None);
        UpdateInterrupt();
    }

    private uint Count => Running ? CountAt(_die.Time.Now) : _stoppedAt;

    private uint CountAt(ulong time) => (uint)(((Int128)time - _zero) * _hertz() / ((Int128)TimeBase.Second * (_pscActive + 1)));

    /// <summary>The first femtosecond of a count.</summary>
    private ulong TimeOf(ulong count)
    {
        Int128 hertz = _hertz();
        return (ulong)(_zero + ((Int128)count * TimeBase.Second * (_pscActive + 1) + hertz - 1) / hertz);
    }

    /// <summary>Goes on from a count now.</summary>
    private void CountFrom(uint count)
    {
        _stoppedAt = count;
        if (!Running) return;
        Int128 hertz = _hertz();
        if (hertz == 0) throw new BenchStop($"{Name} counts while its clock is off");
        _zero = _die.Time.Now - (Int128)count * TimeBase.Second * (_pscActive + 1) / hertz;
        Schedule(count);
    }

    /// <summary>An event at the next count above <paramref name="from"/> that matches a channel or overflows.</summary>
    private void Schedule(uint from)
    {
        _next?.Cancel();
        // A counter already above ARR runs to its end first.
        ulong target = (from > _arrActive ? _features.Max : _arrActive) + 1ul;
        foreach (uint match in _ccrActive)
            if (match > from && match < target) target = match;
        ulong at = TimeOf(target);
        _next = _die.Time.At(at, () => Reach(target, at));
    }

    private void Reach(ulong count, ulong at)
    {
        if (count > _arrActive)
        {
            _zero = at;
            Overflow(at);
            count = 0;
        }
        Match((uint)count, at);
        if (Running) Schedule((uint)count);
    }

    private void Overflow(ulong at)
    {
        if (!_cr1[1]) UpdateEvent(setFlag: true);
        if (_cr1[3])
        {
            _cr1[0] = false;
            _stoppedAt = 0;
        }
        DriveOutputs(0, at);
    }

    /// <summary>Preloaded values become active (RM0431, TIMx_EGR, UG).</summary>
    private void UpdateEvent(bool setFlag)
    {
        (_pscActive, _arrActive) = (_psc.Value, _arr.Value);
        for (int n = 0; n < _features.Channels; n++) _ccrActive[n] = _ccr[n].Value;
        if (!setFlag) return;
        _sr[0] = true;
        if (_dier[8]) _updateRequest.Level = true;
        UpdateInterrupt();
    }

    private void Match(uint count, ulong at)
    {
        for (int n = 0; n < _features.Channels; n++)
        {
            if (Selection(n) != 0 || _ccrActive[n] != count) continue;
            Flag(n);
            _reference[n] = Mode(n) switch { 1 => true, 2 => false, 3 => !_reference[n], _ => _reference[n] };
        }
        DriveOutputs(count, at);
    }

    private void Flag(int channel)
    {
        _sr[channel + 1] = true;
        if (_dier[channel + 9]) _compareRequests[channel].Level = true;
        UpdateInterrupt();
    }

    /// <summary>OCxREF by OCxM, then CCxE and CCxP (RM0431, TIMx_CCMR1 output compare mode).</summary>
    private void DriveOutputs(uint count, ulong? at)
    {
        for (int n = 0; n < _features.Channels; n++)
        {
            if (Selection(n) != 0 || !_ccer[n * 4])
            {
                _channels[n].Set(Drive.None, at);
                continue;
            }
            _reference[n] = Mode(n) switch
            {
                4 => false,
                5 => true,
                6 => count < _ccrActive[n],
                7 => count >= _ccrActive[n],
                _ => _reference[n],
            };
            _channels[n].Set(_reference[n] != _ccer[n * 4 + 1] ? Drive.High : Drive.Low, at);
        }
    }

    private uint Selection(int channel) => _ccmr[channel / 2].Field(channel % 2 * 8, 2);

    private uint Mode(int channel)
    {
        int shift = channel % 2 * 8;
        return _ccmr[channel / 2].Field(shift + 4, 3) | _ccmr[channel / 2].Field(shift + 16, 1) << 3;
    }

    /// <summary>Input capture: CCxS 1 listens to the channel's own pin, 2 to its neighbour's.</summary>
    private void Edge(int pin, NetChange change)
    {
        for (int n = pin & ~1; n <= (pin | 1); n++)
        {
            bool listens = Selection(n) == (n == pin ? 1u : 2u);
            bool rising = change.After == Level.High, falling = _ccer[n * 4 + 1], both = falling && _ccer[n * 4 + 3];
            if (!listens || !_ccer[n * 4] || !both && rising == falling) continue;
            _ccr[n].Value = Running ? CountAt(change.Time) : _stoppedAt;
            if (_sr[n + 1]) _sr[n + 9] = true;
            Flag(n);
        }
    }

    private void UpdateInterrupt()
    {
        bool level = (_sr.Value & _dier.Value & 0x1F) != 0;
        if (level != _irqLevel) _die.Interrupts.Set(_irq, _irqLevel = level);
    }
}
