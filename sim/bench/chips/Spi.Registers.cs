namespace SharpProbe.Sim.Chips;

public sealed partial class Spi
{
    private const uint Data = 0x0C;
    private const uint Rxne = 1, Txe = 1 << 1, Ovr = 1 << 6, Bsy = 1 << 7;

    private Register _cr1 = null!, _cr2 = null!, _sr = null!;

    private void AddRegisters()
    {
        string? underWay() => _busy ? "BSY = 1" : null;
        string? filled() => _busy ? "BSY = 1" : _transmit.Count + _receive.Count > 0 ? "a FIFO holds frames" : null;
        _cr1 = Add(new()
        {
            Name = "CR1", Offset = 0x00, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6, LockMask = 0xC4BF, LockedBy = underWay,
            Unmodelled = [new("CRCL", 1 << 11), new("CRCNEXT", 1 << 12), new("CRCEN", 1 << 13)],
            OnWrite = (old, _) => ChangeMode(old),
        });
        _cr2 = Add(new()
        {
            Name = "CR2", Offset = 0x04, Reset = 0x0700, ReadMask = 0x7FFF, WriteMask = 0x7FFF, Widths = 6, LockMask = 0x0F00, LockedBy = filled,
            Unmodelled = [new("RXDMAEN", 1), new("TXDMAEN", 1 << 1), new("SSOE", 1 << 2), new("NSSP", 1 << 3), new("FRF", 1 << 4), new("LDMA_RX", 1 << 13), new("LDMA_TX", 1 << 14)],
            OnWrite = (_, _) =>
            {
                // Sizes below 4 bits are not used and become 8 (RM0431, SPIx_CR2).
                if (_cr2.Field(8, 4) < 3) _cr2.Value = _cr2.Value & ~0x0F00u | 0x0700;
                Update();
            },
        });
        _sr = Add(new() { Name = "SR", Offset = 0x08, Reset = Txe, ReadMask = 0x1FFF, WriteMask = 0, Widths = 6, OnRead = ReadStatus });
        Add(new() { Name = "DR", Offset = Data, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 3 });
        Add(new() { Name = "CRCPR", Offset = 0x10, Reset = 7, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6 });
        Add(new() { Name = "RXCRCR", Offset = 0x14, ReadMask = 0xFFFF, WriteMask = 0, Widths = 6 });
        Add(new() { Name = "TXCRCR", Offset = 0x18, ReadMask = 0xFFFF, WriteMask = 0, Widths = 6 });
    }

    public override uint Read(uint offset, int width)
    {
        uint other = base.Read(offset, width);
        return offset == Data ? ReadData(width) : other;
    }

    public override void Write(uint offset, uint value, int width)
    {
        base.Write(offset, value, width);
        if (offset == Data) WriteData(value, width);
    }

    private void ChangeMode(uint old)
    {
        bool was = (old & 1 << 6) != 0;
        if (Enabled && !was) Enable();
        else if (!Enabled && was) Disable();
        else if (!_busy)
        {
            DriveIdle();
            if (Enabled && ReceivesOnly) Start();
        }
        Update();
    }

    /// <summary>FTLVL, FRLVL: empty, a quarter, half, more (RM0431, "RXFIFO and TXFIFO levels").</summary>
    private uint Fill(Queue<uint> fifo) => (uint)Math.Min(fifo.Count * BytesPerFrame, 3);

    private uint Flags()
    {
        uint flags = _sr.Value & Ovr | Fill(_receive) << 9 | Fill(_transmit) << 11;
        if (_receive.Count * BytesPerFrame >= (_cr2[12] ? 1 : 2)) flags |= Rxne;
        if (_transmit.Count * BytesPerFrame <= FifoBytes / 2) flags |= Txe;
        if (_busy) flags |= Bsy;
        return flags;
    }

    /// <summary>OVR goes by a read of DR and then one of SR.</summary>
    private uint ReadStatus()
    {
        uint flags = Flags();
        if (_overrunRead) _sr[6] = _overrunRead = false;
        Update();
        return flags;
    }

    private uint ReadData(int width)
    {
        if (_sr[6]) _overrunRead = true;
        else if (_receive.Count == 0) throw new BenchStop($"{Name}.DR read while FRLVL = 0");
        if (_receive.Count > 0)
        {
            _lastRead = Take(width);
            Update();
        }
        return _lastRead;
    }

    /// <summary>A half-word is two frames of up to 8 bits (RM0431, "Data packing").</summary>
    private uint Take(int width)
    {
        if (BytesPerFrame == 2 && width == 1) throw new BenchStop($"{Name}.DR read as a byte with frames of {FrameBits} bits");
        if (BytesPerFrame == 2 || width == 1) return _receive.Dequeue();
        if (_receive.Count < 2) throw new BenchStop($"{Name}.DR read as a half-word while one frame is there");
        uint first = _receive.Dequeue();
        return first | _receive.Dequeue() << 8;
    }

    private void WriteData(uint value, int width)
    {
        if (BytesPerFrame == 2 && width == 1) throw new BenchStop($"{Name}.DR written as a byte with frames of {FrameBits} bits");
        if (ReceivesOnly && Enabled) throw new BenchStop($"{Name}.DR written while it only receives");
        if (_transmit.Count * BytesPerFrame + width > FifoBytes) throw new BenchStop($"{Name}.DR written while its FIFO is full: the data are lost");
        Queue(value);
        if (BytesPerFrame == 1 && width == 2) Queue(value >> 8);
        if (Enabled && !_busy) Start();
        Update();
    }

    private void Queue(uint frame) => _transmit.Enqueue(frame & (1u << FrameBits) - 1);

    private void Update()
    {
        uint flags = Flags();
        bool level = _cr2[5] && (flags & Ovr) != 0 || _cr2[6] && (flags & Rxne) != 0 || _cr2[7] && (flags & Txe) != 0;
        if (level != _irqLevel) _die.Interrupts.Set(_irq, _irqLevel = level);
    }
}
