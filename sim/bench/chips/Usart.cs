using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// USART or UART of the third design, in asynchronous mode: RM0431 and RM0433, chapters "USART". Frames are real edges on the pins, timed from the kernel clock.
/// Not modelled, and a stop when chosen: synchronous, LIN, IrDA, smartcard, half-duplex, mute mode, auto baud rate, RS-485 driver enable, wake-up from Stop.
/// </summary>
public sealed partial class Usart : Peripheral
{
    private readonly Die _die;
    private readonly UsartVersion _version;
    private readonly Func<ulong> _kernelHertz;
    private readonly int _irq;
    private readonly Signal _txSignal, _rxSignal, _rts, _cts;
    private readonly DmaRequest _txRequest, _rxRequest;
    private readonly UsartTransmitter _tx;
    private readonly UsartReceiver _rx;
    private readonly Queue<UsartReceived> _received = [];
    private uint _lastReceived;
    private SerialHost? _injector;
    private bool _irqLevel;

    /// <param name="name">"USART1"; signals and DMA requests are named from it.</param>
    /// <param name="die">The chip.</param>
    /// <param name="version">Family.</param>
    /// <param name="kernelHertz">Frequency of usart_ker_ck (fCK) in Hz; asked when a frame format is set up. 0: off.</param>
    /// <param name="irq">NVIC input.</param>
    public Usart(string name, Die die, UsartVersion version, Func<ulong> kernelHertz, int irq) : base(name)
    {
        (_die, _version, _kernelHertz, _irq) = (die, version, kernelHertz, irq);
        _txSignal = die.AddSignal(name + "_TX");
        _rxSignal = die.AddSignal(name + "_RX");
        _rts = die.AddSignal(name + "_RTS");
        _cts = die.AddSignal(name + "_CTS", idle: false);
        _txRequest = die.Request(name + "_TX");
        _rxRequest = die.Request(name + "_RX");
        AddRegisters();
        _tx = new(die.Time, _txSignal) { ClearToSend = () => !CtsEnabled || !_cts.Input };
        _rx = new(die.Time, _rxSignal);
        _tx.Moved += Update;
        _tx.Completed += () => { _isr.Value |= Tc; Update(); };
        _tx.Sent += (data, time) => Transmitted?.Invoke(data, time);
        _rx.Received += Take;
        _rx.IdleSeen += () => { _isr.Value |= IdleFlag; Update(); };
        _rx.TimedOut += () => { _isr.Value |= Rtof; Update(); };
        _cts.InputChanged += CtsChanged;
    }

    /// <summary>Each word sent and the femtosecond at which its stop bits ended.</summary>
    public event Action<uint, ulong>? Transmitted;

    /// <summary>Sends bytes to the chip as bits on the wire that RX is routed to, at the chip's own rate and format, one after the other. For a wire that nobody else drives.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (_rxSignal.Pins.Count == 0) throw new InvalidOperationException($"{Name}_RX is not routed to a pin");
        var net = _rxSignal.Pins[0].Net;
        if (_injector is null || _injector.Output != net) _injector = new(_die.Nets, $"{Name} injector", net, null);
        var f = Format();
        _injector.BitTime = f.BitTime;
        _injector.DataBits = f.DataBits;
        _injector.Parity = f.Parity ? f.Odd ? SerialParity.Odd : SerialParity.Even : SerialParity.None;
        _injector.Send(bytes);
    }

    public override void Reset()
    {
        base.Reset();
        Stop();
    }

    /// <summary>UE = 0: both halves stop at once and the flags go to their reset values.</summary>
    private void Stop()
    {
        _tx.Abort();
        _rx.Disable();
        _received.Clear();
        _isr.Value = _isr.Reset;
        Update();
    }

    private UsartFormat Format()
    {
        ulong hertz = _kernelHertz();
        if (hertz == 0) throw new BenchStop($"{Name} enabled while its kernel clock is off");
        bool over8 = _cr1[15];
        if (over8 && _brr[3]) throw new BenchStop($"{Name}.BRR: bit 3 set with OVER8 = 1 (0x{_brr.Value:X4})");
        uint divider = over8 ? _brr.Value & 0xFFF0 | (_brr.Value & 7) << 1 : _brr.Value;
        if (divider < 16) throw new BenchStop($"{Name}.BRR: USARTDIV = {divider}, below 16");
        ulong clocks = divider * Prescaler[_presc?.Value ?? 0];
        // With OVER8 a bit is USARTDIV half clocks.
        ulong bit = (ulong)((UInt128)TimeBase.Second * clocks / (over8 ? 2 * hertz : hertz));
        int word = (_cr1[28], _cr1[12]) switch { (true, false) => 7, (false, true) => 9, (false, false) => 8, _ => throw new BenchStop($"{Name}.CR1: M1 and M0 are both set") };
        int halves = _cr2.Field(12, 2) switch { 0 => 2, 1 => 1, 2 => 4, _ => 3 };
        return new(bit, word, _cr1[10], _cr1[9], halves, _cr2[19], over8 ? 8 : 16, _cr3[11]);
    }

    /// <summary>Brings both halves in line with UE, TE and RE.</summary>
    private void ApplyEnables()
    {
        if (!_cr1[0])
        {
            Stop();
            return;
        }
        bool transmit = _cr1[3], receive = _cr1[2];
        if (transmit && !_tx.Enabled)
        {
            (_tx.Format, _tx.InvertPin, _tx.InvertData) = (Format(), _cr2[17], _cr2[18]);
            _tx.Enable();
        }
        else if (!transmit && _tx.Enabled) _tx.Disable();
        if (receive && !_rx.Enabled)
        {
            (_rx.Format, _rx.InvertPin, _rx.InvertData) = (Format(), _cr2[16], _cr2[18]);
            ApplyTimeout();
            _rx.Enable();
        }
        else if (!receive && _rx.Enabled) _rx.Disable();
        Update();
    }

    private void ApplyTimeout() => _rx.TimeoutBits = _cr2[23] ? _rtor.Value & 0xFF_FFFF : null;

    private void Take(UsartReceived frame)
    {
        uint mask = (_cr2[4] || _rx.Format.WordBits == 7) ? 0x7Fu : 0xFF;
        if ((frame.Data & mask) == (_cr2.Field(24, 8) & mask)) _isr.Value |= Cmf;
        bool overwrite = _cr3[12] && _received.Count >= ReceiveDepth;
        if (_received.Count >= ReceiveDepth && !overwrite) _isr.Value |= Ore;
        else
        {
            if (overwrite) _received.Clear();
            _received.Enqueue(frame);
            if (_received.Count == 1) ShowErrors(frame);
        }
        Update();
    }

    /// <summary>The error flags belong to the word that RDR shows (RM0433, USART FIFO mode).</summary>
    private void ShowErrors(UsartReceived frame) =>
        _isr.Value |= (frame.ParityError ? Pe : 0) | (frame.FramingError ? Fe : 0) | (frame.Noise ? Nf : 0);

    private uint ReadData()
    {
        if (_received.TryDequeue(out var frame))
        {
            _lastReceived = frame.Data;
            if (_received.TryPeek(out var next)) ShowErrors(next);
            Update();
        }
        return _lastReceived;
    }

    private void WriteData(uint data)
    {
        if (!_cr1[0]) throw new BenchStop($"{Name}.TDR written while UE = 0");
        if (_tx.Queued >= TransmitDepth) throw new BenchStop($"{Name}.TDR written while TXE = 0: the word before it is lost");
        _isr.Value &= ~Tc;
        _tx.Write(data & 0x1FF);
        Update();
    }

    private void CtsChanged(NetChange change)
    {
        if (!CtsEnabled) return;
        _isr.Value |= Ctsif;
        _tx.Kick(change.Time);
        Update();
    }
}
