namespace SharpProbe.Sim.Chips.F1;

/// <summary>
/// USART of the STM32F10x in asynchronous mode (RM0008 chapter 27). Synchronous, LIN, IrDA, smartcard, half-duplex, mute, flow control and DMA are not modelled.
/// </summary>
public sealed class UsartF1 : Peripheral
{
    private const uint Pe = 1, Fe = 2, Ne = 4, Ore = 8, IdleFlag = 16, Rxne = 32, Tc = 64, Txe = 128;

    private readonly Die _die;
    private readonly Func<ulong> _hertz;
    private readonly int _irq;
    private readonly UsartTransmitter _tx;
    private readonly UsartReceiver _rx;
    private readonly Register _sr, _brr, _cr1, _cr2, _cr3;
    private uint _data;
    private bool _statusRead;

    /// <param name="name">"USART1".</param>
    /// <param name="die">The chip.</param>
    /// <param name="hertz">PCLK of its bus in Hz.</param>
    /// <param name="irq">NVIC input.</param>
    /// <param name="oversampling8">CR1.OVER8 and CR3.ONEBIT are there: STM32F4 (RM0090 30.6.4), where the block is otherwise the same.</param>
    public UsartF1(string name, Die die, Func<ulong> hertz, int irq, bool oversampling8 = false) : base(name)
    {
        var (cr1, cr3) = oversampling8 ? (0xBFFFu, 0xFFFu) : (0x3FFFu, 0x7FFu);
        (_die, _hertz, _irq) = (die, hertz, irq);
        _tx = new(die.Time, die.AddSignal(name + "_TX"));
        _rx = new(die.Time, die.AddSignal(name + "_RX"));
        _sr = Add(new() { Name = "SR", Offset = 0x00, Reset = Tc | Txe, ReadMask = 0x3FF, WriteMask = 0, Widths = 6, OnRead = ReadStatus, OnWrite = (_, v) => { _sr!.Value &= v | ~(Tc | Rxne); Update(); } });
        Add(new() { Name = "DR", Offset = 0x04, ReadMask = 0x1FF, WriteMask = 0, Widths = 7, OnRead = ReadData, OnWrite = (_, v) => WriteData(v) });
        _brr = Add(new() { Name = "BRR", Offset = 0x08, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6, OnWrite = (_, _) => Apply() });
        _cr1 = Add(new() { Name = "CR1", Offset = 0x0C, ReadMask = cr1, WriteMask = cr1, Widths = 6, Unmodelled = [new("RWU", 2)], OnWrite = (_, _) => WriteControl() });
        _cr2 = Add(new() { Name = "CR2", Offset = 0x10, ReadMask = 0x7F6F, WriteMask = 0x7F6F, Widths = 6, Unmodelled = [new("LBDIE", 1 << 6), new("CLKEN", 1 << 11), new("LINEN", 1 << 14)], OnWrite = (_, _) => Apply() });
        _cr3 = Add(new()
        {
            Name = "CR3", Offset = 0x14, ReadMask = cr3, WriteMask = cr3, Widths = 6,
            Unmodelled = [new("IREN", 2), new("HDSEL", 8), new("SCEN", 32), new("DMAR", 64), new("DMAT", 128), new("RTSE", 256), new("CTSE", 512)], OnWrite = (_, _) => Update(),
        });
        Add(new() { Name = "GTPR", Offset = 0x18, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6 });
        _tx.Moved += Moved;
        _tx.Completed += () => Raise(Tc);
        _rx.Received += Take;
        _rx.IdleSeen += () => Raise(IdleFlag);
    }

    public override void Reset()
    {
        base.Reset();
        _tx.Abort();
        _rx.Disable();
        _statusRead = false;
        Update();
    }

    private uint ReadStatus()
    {
        _statusRead = true;
        return _sr.Value;
    }

    /// <summary>Reading SR and then DR clears the error flags.</summary>
    private uint ReadData()
    {
        _sr.Value &= ~Rxne;
        if (_statusRead) _sr.Value &= ~(Pe | Fe | Ne | Ore | IdleFlag);
        _statusRead = false;
        Update();
        return _data;
    }

    private void WriteData(uint data)
    {
        if (!_cr1[13]) return;
        if (_tx.Queued > 0) return;         // TXE = 0: the word in DR stays
        _sr.Value &= ~(Tc | Txe);
        _tx.Write(data & 0x1FF);
        Update();
    }

    private void Moved()
    {
        if (_tx.Queued == 0) Raise(Txe);
    }

    private void Take(UsartReceived frame)
    {
        if ((_sr.Value & Rxne) != 0) Raise(Ore);
        else
        {
            _data = frame.Data;
            Raise(Rxne | (frame.ParityError ? Pe : 0) | (frame.FramingError ? Fe : 0) | (frame.Noise ? Ne : 0));
        }
    }

    private void Raise(uint flags)
    {
        _sr.Value |= flags;
        Update();
    }

    private void WriteControl()
    {
        if (_cr1[0])
        {
            _tx.RequestBreak();
            _cr1[0] = false;
        }
        Apply();
    }

    /// <summary>Brings both halves in line with UE, TE, RE and the format.</summary>
    private void Apply()
    {
        bool on = _cr1[13] && _brr.Value >= 16 && _hertz() != 0;
        if (!on)
        {
            _tx.Abort();
            _rx.Disable();
        }
        else
        {
            var format = Format();
            (_tx.Format, _rx.Format) = (format, format);
            if (_cr1[3] && !_tx.Enabled) _tx.Enable();
            else if (!_cr1[3] && _tx.Enabled) _tx.Disable();
            if (_cr1[2] && !_rx.Enabled) _rx.Enable();
            else if (!_cr1[2] && _rx.Enabled) _rx.Disable();
        }
        Update();
    }

    private UsartFormat Format()
    {
        // With OVER8 the divider counts eighths: the fraction has three bits (RM0090 30.3.4).
        uint divider = _cr1[15] ? (_brr.Value & ~0xFu | (_brr.Value & 7) << 1) / 2 : _brr.Value;
        ulong bit = (ulong)((UInt128)TimeBase.Second * divider / _hertz());
        int halves = _cr2.Field(12, 2) switch { 0 => 2, 1 => 1, 2 => 4, _ => 3 };
        return new(bit, _cr1[12] ? 9 : 8, _cr1[10], _cr1[9], halves, MsbFirst: false, _cr1[15] ? 8 : 16, OneSample: false);
    }

    private void Update()
    {
        uint flags = _sr.Value;
        bool level = _cr1[4] && (flags & IdleFlag) != 0 || _cr1[5] && (flags & (Rxne | Ore)) != 0 || _cr1[6] && (flags & Tc) != 0
            || _cr1[7] && (flags & Txe) != 0 || _cr1[8] && (flags & Pe) != 0 || _cr3[0] && (flags & (Fe | Ne | Ore)) != 0;
        _die.Interrupts.Set(_irq, level);
    }
}
