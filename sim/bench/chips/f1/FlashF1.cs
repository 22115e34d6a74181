using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>
/// Flash program and erase controller of the STM32F10x (PM0075), medium density: pages of 1 KB, write protection by four pages. Mistakes get what silicon gives
/// (flags, bus errors, writes that are lost), as a debugger's user must see them. Contents change when an operation begins: until it ends every access to the flash waits.
/// </summary>
public sealed partial class FlashF1 : Peripheral
{
    private const uint Pg = 1, Per = 2, Mer = 4, OptPg = 1 << 4, OptEr = 1 << 5, Strt = 1 << 6, Lock = 1 << 7, OptWre = 1 << 9, ErrIe = 1 << 10, EopIe = 1 << 12;
    private const uint Bsy = 1, PgErr = 1 << 2, WrPrtErr = 1 << 4, Eop = 1 << 5;
    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB, PageSize = 1024, PagesPerProtection = 4;
    private const int Irq = 4;

    private readonly Die _die;
    private readonly MemoryRegion _array, _options;
    private readonly FlashTimesF1 _times;
    private readonly Register _acr, _sr, _cr, _ar;
    private TimeBase.Event? _end;
    private ulong _until;
    private int _key, _optionKey;
    private bool _keyDead, _optionKeyDead;
    private (MemoryRegion Region, int Offset, int Length)? _underWay;

    public FlashF1(Die die, MemoryRegion array, MemoryRegion options, FlashTimesF1 times) : base("FLASH")
    {
        (_die, _array, _options, _times) = (die, array, options, times);
        array.Span.Fill(0xFF);
        FactoryOptions.CopyTo(options.Span);
        array.OnWrite = (offset, value, width) => Program(_array, offset, value, width);
        options.OnWrite = (offset, value, width) => Program(_options, offset, value, width);
        _acr = Add(new() { Name = "ACR", Offset = 0x00, Reset = 0x30, ReadMask = 0x3F, WriteMask = 0x1F, OnWrite = (_, _) => WriteAcr() });
        Add(new() { Name = "KEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) });
        Add(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _sr = Add(new() { Name = "SR", Offset = 0x0C, ReadMask = 0x35, WriteMask = 0, ClearByOne = PgErr | WrPrtErr | Eop, OnRead = () => _sr!.Value | (Busy ? Bsy : 0), OnWrite = (_, _) => UpdateInterrupt() });
        _cr = Add(new() { Name = "CR", Offset = 0x10, Reset = Lock, ReadMask = 0x16F7, WriteMask = 0x16F7, OnWrite = WriteCr });
        _ar = Add(new() { Name = "AR", Offset = 0x14, WriteMask = uint.MaxValue });
        Add(new() { Name = "OBR", Offset = 0x1C, ReadMask = 0x03FF_FFFF, WriteMask = 0, OnRead = () => _obr, OnWrite = (_, _) => { } });
        Add(new() { Name = "WRPR", Offset = 0x20, WriteMask = 0, OnRead = () => _wrpr, OnWrite = (_, _) => { } });
    }

    /// <summary>ACR.LATENCY.</summary>
    public uint Latency => _acr.Field(0, 3);

    public bool HidesWaitStates => _acr[4];

    public bool Busy => _end is not null;

    /// <summary>The access under way is the debug port's: it cannot stop the core's clock, so it learns from <see cref="ReadyAt"/> until when it waits.</summary>
    internal bool ForDebugPort { get; set; }

    /// <summary>Femtoseconds at which the debug port's last access to the flash is complete; 0: at once.</summary>
    internal ulong ReadyAt { get; set; }

    /// <summary>ACR changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        Abort();
        (_key, _optionKey, _keyDead, _optionKeyDead) = (0, 0, false, false);
        LoadOptions();
        UpdateInterrupt();
        Changed?.Invoke();
    }

    private void WriteAcr()
    {
        _acr.Value = _acr.Value & 0x1F | (_acr[4] ? 0x20u : 0);      // PRFTBS follows PRFTBE
        Changed?.Invoke();
    }

    /// <summary>A wrong key locks until reset and is a bus error (PM0075 2.3.2).</summary>
    private void Unlock(uint key)
    {
        if (_keyDead || key != (_key == 0 ? Key1 : Key2))
        {
            _keyDead = true;
            _cr.Value |= Lock;
            throw new CoreFault(FaultKind.PreciseBus, 0x4002_2004);
        }
        _key ^= 1;
        if (_key == 0) _cr.Value &= ~Lock;
    }

    private void UnlockOptions(uint key)
    {
        if (_optionKeyDead || key != (_optionKey == 0 ? Key1 : Key2))
        {
            _optionKeyDead = true;
            _cr.Value &= ~OptWre;
            throw new CoreFault(FaultKind.PreciseBus, 0x4002_2008);
        }
        _optionKey ^= 1;
        if (_optionKey == 0 && (_cr.Value & Lock) == 0) _cr.Value |= OptWre;
    }

    /// <summary>While LOCK is set nothing changes. LOCK is only set, OPTWRE only cleared by writing.</summary>
    private void WriteCr(uint old, uint written)
    {
        if ((old & Lock) != 0)
        {
            _cr.Value = old;
            return;
        }
        _cr.Value = _cr.Value & ~OptWre | old & written & OptWre;
        if (Busy) _cr.Value = _cr.Value & ~Strt | old & Strt;
        else if ((written & Strt) != 0) Start();
        UpdateInterrupt();
    }

    private void Start()
    {
        uint mode = _cr.Value & (Pg | Per | Mer | OptPg | OptEr);
        if (mode == Per) ErasePage(_ar.Value - _array.Address);
        else if (mode == Mer) EraseAll();
        else if (mode == OptEr && (_cr.Value & OptWre) != 0) Erase(_options, 0, _options.Span.Length, _times.PageErase);
        else _cr.Value &= ~Strt;        // nothing to start: OPTPG begins with the write
    }

    private void ErasePage(uint offset)
    {
        if (offset >= (uint)_array.Span.Length) _cr.Value &= ~Strt;
        else if (IsProtected(offset)) Refuse(WrPrtErr);
        else Erase(_array, (int)(offset & ~(PageSize - 1)), (int)PageSize, _times.PageErase);
    }

    private void EraseAll()
    {
        for (uint offset = 0; offset < (uint)_array.Span.Length; offset += PageSize)
            if (IsProtected(offset))
            {
                Refuse(WrPrtErr);
                return;
            }
        Erase(_array, 0, _array.Span.Length, _times.MassErase);
    }

    private void Erase(MemoryRegion region, int offset, int length, ulong duration)
    {
        region.Span.Slice(offset, length).Fill(0xFF);
        Begin(region, offset, length, _die.Time.Now, duration);
    }

    /// <summary>A write on the bus. Half-words only: anything else is a bus error (PM0075 2.3.3).</summary>
    private void Program(MemoryRegion region, uint offset, uint value, int width)
    {
        if (width != 2) throw new CoreFault(FaultKind.PreciseBus, region.Address + offset);
        ulong start = WaitForEnd();
        bool options = region == _options;
        if ((_cr.Value & Lock) != 0 || (_cr.Value & (options ? OptPg : Pg)) == 0) return;
        if (options && (_cr.Value & OptWre) == 0) return;
        if (!options && IsProtected(offset))
        {
            Refuse(WrPrtErr);
            return;
        }
        var target = region.Span.Slice((int)offset, 2);
        // Zero may be written over anything: it only clears bits (PM0075 2.3.3).
        if ((target[0] & target[1]) != 0xFF && (value & 0xFFFF) != 0)
        {
            Refuse(PgErr);
            return;
        }
        if (options) value = ProgramOption(offset, value);
        (target[0], target[1]) = ((byte)value, (byte)(value >> 8));
        Begin(region, (int)offset, 2, start, options && _massErasePending ? _times.MassErase : _times.HalfWord);
        _massErasePending = false;
    }

    private void Refuse(uint flag)
    {
        _sr.Value |= flag;
        _cr.Value &= ~Strt;
        UpdateInterrupt();
    }

    private void Begin(MemoryRegion region, int offset, int length, ulong start, ulong duration)
    {
        if (Busy) End();        // the debug port's next write follows the one under way without a gap
        _underWay = (region, offset, length);
        _until = start + duration;
        _end = _die.Time.At(_until, End);
        _array.OnRead = _options.OnRead = _ => WaitForEnd();     // also tells the core that contents changed
    }

    /// <summary>Whoever wants the flash waits for the operation under way. Returns the time at which it is free.</summary>
    private ulong WaitForEnd()
    {
        if (!Busy) return _die.Time.Now;
        if (ForDebugPort)
        {
            ulong free = ReadyAt = _until;
            return free;
        }
        _die.Time.Cycles = Math.Max(_die.Time.Cycles, _die.Time.CycleAt(_until));
        End();
        return _die.Time.Now;
    }

    private void End()
    {
        Finish();
        _sr.Value |= Eop;
        _cr.Value &= ~Strt;
        UpdateInterrupt();
    }

    private void Finish()
    {
        _end?.Cancel();
        (_end, _underWay) = (null, null);
        _array.OnRead = _options.OnRead = null;
    }

    /// <summary>Reset or power lost in the middle: what was being written is neither old nor new.</summary>
    private void Abort()
    {
        if (_underWay is { } job) new Random(job.Offset).NextBytes(job.Region.Span.Slice(job.Offset, job.Length));
        if (Busy) Finish();
    }

    private void UpdateInterrupt()
    {
        bool level = (_sr.Value & (PgErr | WrPrtErr)) != 0 && (_cr.Value & ErrIe) != 0 || (_sr.Value & Eop) != 0 && (_cr.Value & EopIe) != 0;
        _die.Interrupts.Set(Irq, level);
    }
}
