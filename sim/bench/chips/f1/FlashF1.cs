using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>
/// Flash program and erase controller of the STM32F10x (PM0075), medium density, and of F0 and F3 (RM0091 3, RM0316 4). Mistakes get what silicon gives
/// (flags, bus errors, writes that are lost), as a debugger's user must see them. Contents change when an operation begins: until it ends every access to the flash waits.
/// </summary>
public sealed partial class FlashF1 : TargetFlash
{
    private const uint FastLock = 1 << 15, FastBits = 0xF_0000;
    private const uint Pg = 1, Per = 2, Mer = 4, OptPg = 1 << 4, OptEr = 1 << 5, Strt = 1 << 6, Lock = 1 << 7, OptWre = 1 << 9, ErrIe = 1 << 10, EopIe = 1 << 12, OblLaunch = 1 << 13;
    private const uint Bsy = 1, PgErr = 1 << 2, WrPrtErr = 1 << 4, Eop = 1 << 5;
    private const int Irq = 4;

    private readonly MemoryRegion _array, _options;
    private readonly FlashTimesF1 _times;
    private readonly FlashKindF1 _kind;
    private readonly Register _acr, _sr, _cr, _ar;
    private readonly FlashKey _key, _optionKey, _fastKey;
    private readonly FlashF1? _bank2;

    public FlashF1(Die die, MemoryRegion array, MemoryRegion options, FlashTimesF1 times, FlashKindF1 kind) : this(die, new FlashWork(die.Time, array, options), array, options, times, kind) { }

    /// <summary>With a second bank, whose registers are 0x40 higher. Both wait for each other, and write protection is the first one's alone.</summary>
    public FlashF1(Die die, MemoryRegion array, MemoryRegion second, MemoryRegion options, FlashTimesF1 times, FlashKindF1 kind) : this(die, new FlashWork(die.Time, array, second, options), array, options, times, kind)
    {
        _bank2 = new(die, Work, second, new("no option bytes", 0, 16, MemoryTiming.Flash), times, kind);
        foreach (var own in _bank2.Registers.Where(r => r.Name is "KEYR" or "SR" or "CR" or "AR"))
            Add(new() { Name = own.Name + "2", Offset = own.Offset + 0x40, ReadMask = own.ReadMask, WriteMask = 0, OnRead = () => _bank2.Read(own.Offset, 4), OnWrite = (_, v) => _bank2.Write(own.Offset, v, 4) });
    }

    private FlashF1(Die die, FlashWork work, MemoryRegion array, MemoryRegion options, FlashTimesF1 times, FlashKindF1 kind) : base(die, work)
    {
        (_array, _options, _times, _kind) = (array, options, times, kind);
        (_key, _optionKey, _fastKey) = (FlashKey.Control(RefuseKey), FlashKey.Control(RefuseOptionKey), FlashKey.Control(_ => { }));
        array.Span.Fill(0xFF);
        FactoryOptions.CopyTo(options.Span);
        if (kind.IsLater) SetOption(0, Unprotected);
        array.OnWrite = (offset, value, width) => Program(_array, offset, value, width);
        options.OnWrite = (offset, value, width) => Program(_options, offset, value, width);
        _acr = Add(new() { Name = "ACR", Offset = 0x00, Reset = 0x30, ReadMask = 0x3F, WriteMask = 0x1F, OnWrite = (_, _) => WriteAcr() });
        Add(new() { Name = "KEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) });
        Add(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _sr = Add(new() { Name = "SR", Offset = 0x0C, ReadMask = 0x35, WriteMask = 0, ClearByOne = PgErr | WrPrtErr | Eop, OnRead = () => _sr!.Value | (Work.Busy ? Bsy : 0), OnWrite = (_, _) => UpdateInterrupt() });
        uint bits = kind.IsLater ? 0x36F7u : 0x16F7, fast = kind.HasFastLock ? FastLock : 0;
        _cr = Add(new() { Name = "CR", Offset = 0x10, Reset = Lock | fast, ReadMask = bits | fast, WriteMask = bits | (kind.HasFastLock ? FastBits : 0), Unmodelled = [new("fast programming", FastBits)], OnWrite = WriteCr });
        if (kind.HasFastLock) Add(new() { Name = "MODEKEYR", Offset = 0x24, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => { if (_fastKey.Opens(key)) _cr.Value &= ~FastLock; } });
        _ar = Add(new() { Name = "AR", Offset = 0x14, WriteMask = uint.MaxValue });
        Add(new() { Name = "OBR", Offset = 0x1C, ReadMask = kind.IsLater ? uint.MaxValue : kind.HasForEver ? 0x07FF_FFFFu : 0x03FF_FFFF, WriteMask = 0, OnRead = () => _obr, OnWrite = (_, _) => { } });
        Add(new() { Name = "WRPR", Offset = 0x20, WriteMask = 0, OnRead = () => _wrpr, OnWrite = (_, _) => { } });
    }

    /// <summary>CR.OBL_LAUNCH of F0 and F3: a system reset.</summary>
    public event Action? LaunchRequested;

    public override uint Latency => _acr.Field(0, 3);

    public override bool HidesWaitStates => _acr[4];

    public override void Reset()
    {
        base.Reset();
        Work.Abort();
        _bank2?.Reset();
        _fastKey.Reset();
        _key.Reset();
        _optionKey.Reset();
        LoadOptions();
        UpdateInterrupt();
        RaiseChanged();
    }

    private void WriteAcr()
    {
        _acr.Value = _acr.Value & 0x1F | (_acr[4] ? 0x20u : 0);      // PRFTBS follows PRFTBE
        RaiseChanged();
    }

    /// <summary>A wrong key locks until reset and is a bus error (PM0075 2.3.2).</summary>
    private void Unlock(uint key)
    {
        if (_key.Opens(key)) _cr.Value &= ~Lock;
    }

    private void RefuseKey(uint key)
    {
        _cr.Value |= Lock;
        FlashKey.BusError(0x4002_2004);
    }

    private void UnlockOptions(uint key)
    {
        if (_optionKey.Opens(key) && (_cr.Value & Lock) == 0) _cr.Value |= OptWre;
    }

    private void RefuseOptionKey(uint key)
    {
        _cr.Value &= ~OptWre;
        FlashKey.BusError(0x4002_2008);
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
        if (Work.Busy) _cr.Value = _cr.Value & ~Strt | old & Strt;
        else if ((written & Strt) != 0) Start();
        UpdateInterrupt();
        if ((_cr.Value & OblLaunch) != 0) LaunchRequested?.Invoke();
    }

    private void Start()
    {
        uint mode = _cr.Value & (Pg | Per | Mer | OptPg | OptEr);
        if (mode == Per) ErasePage(_ar.Value - _array.Address);
        else if (mode == Mer) EraseAll();
        else if (mode == OptEr && IsClosedForEver) Refuse(WrPrtErr);
        else if (mode == OptEr && (_cr.Value & OptWre) != 0) Erase(_options, 0, _options.Size, _times.PageErase);
        else _cr.Value &= ~Strt;        // nothing to start: OPTPG begins with the write
    }

    private void ErasePage(uint offset)
    {
        if (offset >= _array.Size) _cr.Value &= ~Strt;
        else if (IsProtected(offset)) Refuse(WrPrtErr);
        else Erase(_array, offset & ~(_kind.PageSize - 1), _kind.PageSize, _times.PageErase);
    }

    private void EraseAll()
    {
        for (uint offset = 0; offset < _array.Size; offset += _kind.PageSize)
            if (IsProtected(offset))
            {
                Refuse(WrPrtErr);
                return;
            }
        Erase(_array, 0, _array.Size, _times.MassErase);
    }

    private void Erase(MemoryRegion region, uint offset, uint length, ulong duration)
    {
        region.Span.Slice((int)offset, (int)length).Fill(0xFF);
        Begin(region, offset, length, Die.Time.Now, duration);
    }

    /// <summary>A write on the bus. Half-words only: anything else is a bus error (PM0075 2.3.3); AT32 and GD32F30x take words too.</summary>
    private void Program(MemoryRegion region, uint offset, uint value, int width)
    {
        bool options = region == _options;
        if (options ? width != 2 : (_kind.Widths & width) == 0) throw new CoreFault(FaultKind.PreciseBus, region.Address + offset);
        ulong start = Work.Wait();
        if ((_cr.Value & Lock) != 0 || (_cr.Value & (options ? OptPg : Pg)) == 0) return;
        if (options && (_cr.Value & OptWre) == 0) return;
        if (options ? IsClosedForEver : IsProtected(offset))
        {
            Refuse(WrPrtErr);
            return;
        }
        var target = region.Span.Slice((int)offset, width);
        uint all = uint.MaxValue >> 32 - width * 8;
        // Zero may be written over anything: it only clears bits (PM0075 2.3.3).
        if (target.ContainsAnyExcept((byte)0xFF) && (value & all) != 0)
        {
            Refuse(PgErr);
            return;
        }
        if (options) value = ProgramOption(offset, value);
        for (int i = 0; i < width; i++) target[i] = (byte)(value >> i * 8);
        Begin(region, offset, (uint)width, start, options && _massErasePending ? _times.MassErase : _times.HalfWord);
        _massErasePending = false;
    }

    private void Refuse(uint flag)
    {
        _sr.Value |= flag;
        _cr.Value &= ~Strt;
        UpdateInterrupt();
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong start, ulong duration) => Work.Begin(region, 0, region.Size, (offset, size), start, duration, End);

    private void End()
    {
        _sr.Value |= Eop;
        _cr.Value &= ~Strt;
        UpdateInterrupt();
    }

    private void UpdateInterrupt()
    {
        bool level = (_sr.Value & (PgErr | WrPrtErr)) != 0 && (_cr.Value & ErrIe) != 0 || (_sr.Value & Eop) != 0 && (_cr.Value & EopIe) != 0;
        Die.Interrupts.Set(Irq, level);
    }
}
