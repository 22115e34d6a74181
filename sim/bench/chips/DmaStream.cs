namespace SharpProbe.Sim.Chips;

/// <summary>One stream of a <see cref="Dma"/>: its registers, its FIFO and its two pointers.</summary>
internal sealed class DmaStream
{
    private const int PeripheralToMemory = 0, MemoryToPeripheral = 1, MemoryToMemory = 2;
    private const int FifoBytes = 16;

    /// <summary>
    /// AHB clocks of one access (AN4031, transfer time without contention): arbitration, address computation, bus matrix and the transfer itself; APB adds a second
    /// transfer clock and the bridge's synchronisation. The APB's division of HCLK is not counted.
    /// </summary>
    private const int MemoryCycles = 4, ApbCycles = 6;

    private readonly Dma _dma;
    private readonly int _number;
    private readonly Register _cr, _ndtr, _par, _fcr;
    private readonly Register[] _mar = new Register[2];
    private readonly Queue<byte> _fifo = [];
    private DmaRequest? _request;
    private bool _stopping;
    private uint _programmed, _total, _peripheral, _memory, _memoryLeft;
    private int _memoryTarget;

    public DmaStream(Dma dma, int number)
    {
        (_dma, _number) = (dma, number);
        uint at = 0x10 + 0x18 * (uint)number;
        string? running() => Enabled ? "EN = 1" : null;
        _cr = new()
        {
            Name = $"S{number}CR", Offset = at, ReadMask = dma.Version.Cr, WriteMask = dma.Version.Cr, LockMask = ~0x1Fu, LockedBy = running,
            Unmodelled = [new("PFCTRL", 1 << 5), new("PINCOS", 1 << 15), new("PBURST", 3 << 21)],
            OnWrite = (old, _) => Control(old),
        };
        _ndtr = new() { Name = $"S{number}NDTR", Offset = at + 4, ReadMask = 0xFFFF, WriteMask = 0xFFFF, LockMask = 0xFFFF, LockedBy = running, OnWrite = (_, _) => _programmed = _ndtr!.Value };
        _par = new() { Name = $"S{number}PAR", Offset = at + 8, LockMask = ~0u, LockedBy = running };
        for (int i = 0; i < 2; i++)
        {
            int target = i;
            // In double buffer mode the buffer not in use may be moved (RM0431, DMA double-buffer mode).
            _mar[i] = new()
            {
                Name = $"S{number}M{i}AR", Offset = at + 12 + 4 * (uint)i, LockMask = ~0u,
                LockedBy = () => Enabled && !(DoubleBuffer && Target != target) ? $"EN = 1 and CT = {Target}" : null,
            };
        }
        _fcr = new()
        {
            Name = $"S{number}FCR", Offset = at + 20, Reset = 0x21, ReadMask = 0xBF, WriteMask = 0x87, LockMask = 7, LockedBy = running,
            OnRead = () => _fcr!.Value & 0x87 | FifoStatus << 3, OnWrite = (_, _) => _dma.UpdateInterrupts(),
        };
        Registers = [_cr, _ndtr, _par, _mar[0], _mar[1], _fcr];
    }

    public IReadOnlyList<Register> Registers { get; }

    /// <summary>PL first, then the lower number.</summary>
    public int Priority => (int)_cr.Field(16, 2) * 8 + 7 - _number;

    public DmaFlags InterruptEnables => (_cr[1] ? DmaFlags.DirectModeError : 0) | (_cr[2] ? DmaFlags.TransferError : 0)
        | (_cr[3] ? DmaFlags.HalfTransfer : 0) | (_cr[4] ? DmaFlags.TransferComplete : 0) | (_fcr[7] ? DmaFlags.FifoError : 0);

    private bool Enabled => _cr[0];
    private int Direction => (int)_cr.Field(6, 2);
    private bool DoubleBuffer => _cr[18];
    private bool Circular => _cr[8] || DoubleBuffer;
    private bool Direct => !_fcr[2];
    private int Target => (int)_cr.Field(19, 1);
    private int PeripheralSize => 1 << (int)_cr.Field(11, 2);
    /// <summary>In direct mode hardware makes it PSIZE (RM0431, DMA FIFO).</summary>
    private int MemorySize => Direct ? PeripheralSize : 1 << (int)_cr.Field(13, 2);
    private int Capacity => Direct ? PeripheralSize : FifoBytes;
    private int Threshold => Direct ? PeripheralSize : 4 * ((int)_fcr.Field(0, 2) + 1);
    private int Burst => _cr.Field(23, 2) switch { 0 => 1, 1 => 4, 2 => 8, _ => 16 };
    private uint FifoStatus => _fifo.Count switch { 0 => 4, FifoBytes => 5, < 4 => 0, < 8 => 1, < 12 => 2, _ => 3 };

    /// <summary>Memory data that the peripheral side will need is not yet in the FIFO, and there is room for it.</summary>
    private bool Filling => Direction == MemoryToPeripheral && _memoryLeft > 0 && _fifo.Count + MemorySize <= Capacity
        && (Direct || _fifo.Count <= Threshold - MemorySize || _fifo.Count < PeripheralSize);

    private bool Moving => _ndtr.Value > 0 && (Direction == MemoryToMemory || _request is { Level: true })
        && (Direction != MemoryToPeripheral || _fifo.Count >= PeripheralSize);

    public bool Wanting => Enabled && !_stopping && (Filling || Moving);

    public int ServiceCycles => Filling ? MemoryCycles : (_par.Value & 0xFFFE_0000) == 0x4000_0000 || Direction != MemoryToPeripheral ? ApbCycles + MemoryCycles : MemoryCycles;

    public void Reset()
    {
        Listen(null);
        _fifo.Clear();
        (_stopping, _programmed, _total) = (false, 0, 0);
    }

    public void Reroute()
    {
        if (!Enabled || Direction == MemoryToMemory) return;
        Listen(_dma.Router.Find(_dma.Number, _number, _cr.Field(25, 4)));
        _dma.Pump();
    }

    public void Serve()
    {
        if (!Enabled) return;
        bool good = Filling ? Fill() : Direction == MemoryToPeripheral ? ToPeripheral() : FromPeripheral();
        if (good) return;
        Finish();
        _dma.Raise(_number, DmaFlags.TransferError);
    }

    /// <summary>After a service: a stop that software asked for meanwhile takes effect.</summary>
    public void Served()
    {
        if (_stopping) StopNow();
    }

    private void Control(uint old)
    {
        bool was = (old & 1) != 0;
        if (Enabled && !was) Start();
        else if (!Enabled && was)
        {
            if (_dma.IsServing(this))
            {
                _cr[0] = true;      // reads 1 until the access under way is over (RM0431, DMA_SxCR, EN)
                _stopping = true;
            }
            else StopNow();
        }
        _dma.UpdateInterrupts();
    }

    /// <summary>Disabled by software: what the FIFO holds for memory is written, then TCIF (RM0431, DMA FIFO flush and transfer completion).</summary>
    private void StopNow()
    {
        bool good = Direction == MemoryToPeripheral || Drain(0);
        Finish();
        _dma.Raise(_number, good ? DmaFlags.TransferComplete : DmaFlags.TransferError);
    }

    private void Finish()
    {
        _cr[0] = false;
        _stopping = false;
        _fifo.Clear();
        Listen(null);
    }

    private void Start()
    {
        if (_ndtr.Value == 0) _ndtr.Value = _programmed;    // reloaded when enabled again (RM0431, DMA_SxNDTR)
        Check();
        int burst = Burst * MemorySize;
        if (!Direct && (burst > Threshold || Threshold % burst != 0))
        {
            // A threshold that does not hold whole bursts is an error as soon as the stream is enabled (RM0431, DMA FIFO).
            _cr[0] = false;
            _dma.Raise(_number, DmaFlags.FifoError);
            return;
        }
        _fifo.Clear();
        (_total, _peripheral, _memoryTarget) = (_ndtr.Value, _par.Value, Target);
        LoadMemory();
        if (Direction != MemoryToMemory) Listen(_dma.Router.Find(_dma.Number, _number, _cr.Field(25, 4)));
        _dma.Pump();
    }

    private void Check()
    {
        string? mistake = this switch
        {
            _ when _dma.Flags(_number) != 0 => $"its flags (0x{(int)_dma.Flags(_number):X2}) are not cleared",
            _ when _ndtr.Value == 0 => "NDTR = 0",
            _ when Direction == 3 => "DIR = 3, which is reserved",
            _ when _cr.Field(11, 2) == 3 || _cr.Field(13, 2) == 3 => "PSIZE or MSIZE = 3, which is reserved",
            _ when Direction == MemoryToMemory && !_dma.Version.MemoryToMemory(_dma.Number) => "memory to memory, which this controller cannot",
            _ when Direction == MemoryToMemory && (Direct || Circular) => "memory to memory in direct, circular or double buffer mode",
            _ when _par.Value % PeripheralSize != 0 => $"PAR 0x{_par.Value:X8} not aligned to PSIZE",
            _ when _mar[Target].Value % MemorySize != 0 => $"M{Target}AR 0x{_mar[Target].Value:X8} not aligned to MSIZE",
            _ when _ndtr.Value * (uint)PeripheralSize % (uint)(MemorySize * (Circular && !Direct ? Burst : 1)) != 0 => $"NDTR = {_ndtr.Value}, which does not fill whole memory accesses",
            _ => null,
        };
        if (mistake is not null) throw new BenchStop($"{_dma.Name}.{_cr.Name}: stream enabled with {mistake}");
    }

    private void LoadMemory() => (_memory, _memoryLeft) = (_mar[_memoryTarget].Value, _total * (uint)PeripheralSize);

    private bool Fill()
    {
        // FIFO mode refills whole; direct mode holds one item.
        do
        {
            if (!_dma.Version.Reaches(_dma.Number, true, _memory) || !_dma.Bus.TryRead(_memory, MemorySize, out uint value)) return false;
            for (int i = 0; i < MemorySize; i++) _fifo.Enqueue((byte)(value >> 8 * i));
            AdvanceMemory();
        }
        while (_memoryLeft > 0 && _fifo.Count + MemorySize <= Capacity);
        return true;
    }

    private bool ToPeripheral()
    {
        if (!_dma.Version.Reaches(_dma.Number, false, _peripheral) || !_dma.Bus.TryWrite(_peripheral, Pop(PeripheralSize), PeripheralSize)) return false;
        ItemMoved();
        return true;
    }

    private bool FromPeripheral()
    {
        if (!_dma.Version.Reaches(_dma.Number, false, _peripheral) || !_dma.Bus.TryRead(_peripheral, PeripheralSize, out uint value)) return false;
        for (int i = 0; i < PeripheralSize; i++) _fifo.Enqueue((byte)(value >> 8 * i));
        if (!Drain(_ndtr.Value == 1 ? 0 : Threshold)) return false;
        ItemMoved();
        return true;
    }

    /// <summary>Writes to memory while the FIFO holds at least <paramref name="threshold"/> bytes; 0 flushes it, the odd rest in bytes.</summary>
    private bool Drain(int threshold)
    {
        if (_fifo.Count < threshold) return true;
        while (_fifo.Count > 0)
        {
            int size = _fifo.Count >= MemorySize ? MemorySize : 1;
            if (!_dma.Version.Reaches(_dma.Number, true, _memory) || !_dma.Bus.TryWrite(_memory, Pop(size), size)) return false;
            if (size == MemorySize) AdvanceMemory();
            else _memory++;
        }
        return true;
    }

    private uint Pop(int size)
    {
        uint value = 0;
        for (int i = 0; i < size; i++) value |= (uint)_fifo.Dequeue() << 8 * i;
        return value;
    }

    private void AdvanceMemory()
    {
        if (_cr[10]) _memory += (uint)MemorySize;
        _memoryLeft -= (uint)MemorySize;
        if (_memoryLeft > 0 || !Circular) return;
        if (DoubleBuffer) _memoryTarget ^= 1;
        LoadMemory();
    }

    private void ItemMoved()
    {
        _request?.Acknowledge();
        if (_cr[9]) _peripheral += (uint)PeripheralSize;
        _ndtr.Value--;
        if (_ndtr.Value == _total / 2 && _total > 1) _dma.Raise(_number, DmaFlags.HalfTransfer);
        if (_ndtr.Value > 0) return;
        if (Circular)
        {
            (_ndtr.Value, _peripheral) = (_total, _par.Value);
            if (DoubleBuffer) _cr[19] = !_cr[19];
        }
        else Finish();
        _dma.Raise(_number, DmaFlags.TransferComplete);
    }

    private void Listen(DmaRequest? request)
    {
        if (request == _request) return;
        if (_request is not null) _request.Changed -= _dma.Pump;
        _request = request;
        if (request is not null) request.Changed += _dma.Pump;
    }
}
