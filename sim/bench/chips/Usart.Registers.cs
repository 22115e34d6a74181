using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

// Registers, flags and what follows from them: interrupt, DMA requests, RTS.
public sealed partial class Usart
{
    private const uint Pe = 1, Fe = 1 << 1, Nf = 1 << 2, Ore = 1 << 3, IdleFlag = 1 << 4, Rxne = 1 << 5, Tc = 1 << 6, Txe = 1 << 7,
        Ctsif = 1 << 9, CtsLevel = 1 << 10, Rtof = 1 << 11, BusyFlag = 1 << 16, Cmf = 1 << 17, Sbkf = 1 << 18,
        Teack = 1 << 21, Reack = 1 << 22, Txfe = 1 << 23, Rxff = 1 << 24, Rxft = 1 << 26, Txft = 1 << 27;

    /// <summary>PRESC: division of the kernel clock (RM0433, USART_PRESC).</summary>
    private static readonly ulong[] Prescaler = [1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256];

    /// <summary>RXFTCFG and TXFTCFG in words of 16: 1/8, 1/4, 1/2, 3/4, 7/8, all.</summary>
    private static readonly int[] Threshold = [2, 4, 8, 12, 14, 16, 16, 16];

    /// <summary>(enable register 1 or 3, enable bit, flags): the interrupt is the or of all.</summary>
    private static readonly (int Register, int Bit, uint Flags)[] Interrupts =
    [
        (1, 4, IdleFlag), (1, 5, Rxne | Ore), (1, 6, Tc), (1, 7, Txe), (1, 8, Pe), (1, 14, Cmf), (1, 26, Rtof), (1, 30, Txfe), (1, 31, Rxff),
        (3, 0, Fe | Ore | Nf), (3, 10, Ctsif), (3, 23, Txft), (3, 28, Rxft),
    ];

    private Register _cr1 = null!, _cr2 = null!, _cr3 = null!, _brr = null!, _rtor = null!, _isr = null!;
    private Register? _presc;

    private bool FifoEnabled => _cr1[29];
    private bool CtsEnabled => _cr3[9];
    private int TransmitDepth => FifoEnabled ? _version.FifoDepth : 1;
    /// <summary>The FIFO and RDR: the word after the 17th overruns (RM0433, USART_CR3, RXFTCFG).</summary>
    private int ReceiveDepth => FifoEnabled ? _version.FifoDepth + 1 : 1;

    private void AddRegisters()
    {
        string? enabled() => _cr1[0] ? "UE = 1" : null;
        _cr1 = Add(new()
        {
            Name = "CR1", Offset = 0x00, ReadMask = _version.Cr1, WriteMask = _version.Cr1, LockMask = 0x33FF_9E00, LockedBy = enabled,
            Unmodelled = [new("MME", 1u << 13), new("EOBIE", 1u << 27)],
            OnWrite = (old, _) => { if (((old ^ _cr1.Value) & 0xD) != 0) ApplyEnables(); else Update(); },
        });
        _cr2 = Add(new()
        {
            Name = "CR2", Offset = 0x04, ReadMask = _version.Cr2, WriteMask = _version.Cr2, LockMask = 0x006F_FF39, LockedBy = enabled,
            Unmodelled = [new("SLVEN", 1), new("DIS_NSS", 1 << 3), new("LBDIE", 1 << 6), new("CLKEN", 1 << 11), new("LINEN", 1 << 14), new("SWAP", 1 << 15), new("ABREN", 1 << 20)],
            OnWrite = (old, _) => WriteCr2(old),
        });
        _cr3 = Add(new()
        {
            Name = "CR3", Offset = 0x08, ReadMask = _version.Cr3, WriteMask = _version.Cr3, LockMask = 0x0030_FB3E, LockedBy = enabled,
            Unmodelled = [new("IREN", 1 << 1), new("HDSEL", 1 << 3), new("SCEN", 1 << 5), new("DEM", 1 << 14), new("WUFIE", 1 << 22), new("TCBGTIE", 1 << 24)],
            OnWrite = (_, _) => Update(),
        });
        _brr = Add(new() { Name = "BRR", Offset = 0x0C, ReadMask = 0xFFFF, WriteMask = 0xFFFF, LockMask = 0xFFFF, LockedBy = enabled });
        Add(new() { Name = "GTPR", Offset = 0x10, ReadMask = 0xFFFF, WriteMask = 0xFFFF, LockMask = 0xFFFF, LockedBy = enabled });
        _rtor = Add(new() { Name = "RTOR", Offset = 0x14, OnWrite = (_, _) => ApplyTimeout() });
        Add(new()
        {
            Name = "RQR", Offset = 0x18, ReadMask = 0, WriteMask = 0,
            Unmodelled = _version.FifoDepth > 0 ? [new("ABRRQ", 1), new("MMRQ", 4)] : [new("ABRRQ", 1), new("MMRQ", 4), new("TXFRQ (smartcard mode)", 16)],
            OnWrite = (_, written) => Request(written),
        });
        _isr = Add(new() { Name = "ISR", Offset = 0x1C, Reset = Tc, ReadMask = _version.Isr, WriteMask = 0, OnRead = Flags });
        Add(new()
        {
            Name = "ICR", Offset = 0x20, ReadMask = 0, WriteMask = 0,
            OnWrite = (_, written) => { _isr.Value &= ~(written & _version.Icr); Update(); },
        });
        // The data registers take bytes too: that is how DMA moves them.
        Add(new() { Name = "RDR", Offset = 0x24, Widths = 7, ReadMask = 0x1FF, WriteMask = 0, OnRead = ReadData });
        Add(new() { Name = "TDR", Offset = 0x28, Widths = 7, ReadMask = 0x1FF, WriteMask = 0x1FF, OnWrite = (_, written) => WriteData(written) });
        if (_version.HasPrescaler)
            _presc = Add(new()
            {
                Name = "PRESC", Offset = 0x2C, ReadMask = 0xF, WriteMask = 0xF, LockMask = 0xF, LockedBy = enabled,
                OnWrite = (_, _) => { if (_presc!.Value > 11) throw new BenchStop($"{Name}.PRESC: {_presc.Value} is reserved"); },
            });
    }

    private void WriteCr2(uint old)
    {
        if (((old ^ _cr2.Value) & 0xFF00_0000) != 0 && _cr1[0] && _cr1[2])
            throw new BenchStop($"{Name}.CR2: ADD changed while UE = 1 and RE = 1, which the manual forbids");
        ApplyTimeout();
        Update();
    }

    private void Request(uint written)
    {
        if ((written & 2) != 0) _tx.RequestBreak();
        if ((written & 8) != 0) _received.Clear();
        if ((written & 16) != 0) _tx.Flush();
        Update();
    }

    /// <summary>ISR: what is stored and what follows from the state of both halves.</summary>
    private uint Flags()
    {
        uint flags = _isr.Value;
        if (_received.Count > 0) flags |= Rxne;
        if (_tx.Queued < TransmitDepth) flags |= Txe;
        if (CtsEnabled && !_cts.Input) flags |= CtsLevel;
        if (_rx.Busy) flags |= BusyFlag;
        if (_tx.BreakPending) flags |= Sbkf;
        if (_tx.Enabled) flags |= Teack;
        if (_rx.Enabled) flags |= Reack;
        if (!FifoEnabled) return flags;
        if (_tx.Queued == 0) flags |= Txfe;
        if (_received.Count >= ReceiveDepth) flags |= Rxff;
        if (_received.Count >= Threshold[_cr3.Field(25, 3)]) flags |= Rxft;
        if (_version.FifoDepth - _tx.Queued >= Threshold[_cr3.Field(29, 3)]) flags |= Txft;
        return flags;
    }

    private void Update()
    {
        uint flags = Flags();
        bool level = false;
        foreach (var (register, bit, mask) in Interrupts)
            level |= (register == 1 ? _cr1 : _cr3)[bit] && (flags & mask) != 0;
        if (level != _irqLevel) _die.Interrupts.Set(_irq, _irqLevel = level);
        bool errorStopsDma = _cr3[13] && (flags & (Pe | Fe | Nf | Ore)) != 0;
        _rts.Set(!_cr3[8] || !_rx.Enabled ? Drive.None : _received.Count < ReceiveDepth ? Drive.Low : Drive.High);
        _rxRequest.Level = _cr1[0] && _cr3[6] && (flags & Rxne) != 0 && !errorStopsDma;
        _txRequest.Level = _cr1[0] && _cr3[7] && (flags & Txe) != 0;
    }
}
