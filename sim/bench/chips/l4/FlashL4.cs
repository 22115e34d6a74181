namespace SharpProbe.Sim.Chips.L4;

/// <summary>
/// Flash interface of the STM32L47x and L48x (RM0351 3), and of the STM32G0 (RM0444 3): banks of 2 KB pages, programmed by double words of 64 bits with their ECC, so that each can be written once. Mistakes get the manual's flags,
/// and while one of them stands nothing is programmed or erased. A bank that is busy makes its readers wait; the other goes on. Fast programming stops the target.
/// </summary>
public sealed partial class FlashL4 : StFlash
{
    private const uint Pg = 1, Per = 2, Mer1 = 4, Bker = 1 << 11, Mer2 = 1 << 15, Start = 1 << 16, OptStart = 1 << 17, FastPg = 1 << 18;
    private const uint OblLaunch = 1 << 27, OptLock = 1 << 30, Lock = 1u << 31;
    private const uint ProgErr = 1 << 3, WrpErr = 1 << 4, PgaErr = 1 << 5, SizErr = 1 << 6, PgsErr = 1 << 7, MisErr = 1 << 8, FastErr = 1 << 9, OptVErr = 1 << 15, Bsy = 1 << 16;
    private const uint ProgrammingErrors = ProgErr | WrpErr | PgaErr | SizErr | PgsErr | MisErr | FastErr;

    private readonly MemoryRegion _array, _information;
    private readonly (uint First, uint Size) _otp;
    private uint _bankSize, _pageSize;
    private readonly Register _acr;
    private readonly FlashKey _optionKey;
    private readonly Side _open;
    private readonly Side? _secure;
    private Side _side;                                     // whose operation is under way, or was the last
    private readonly List<uint> _begun = [];                // words of a unit that is not whole yet
    private (MemoryRegion Region, uint Offset) _unit;

    /// <param name="die">The chip.</param>
    /// <param name="array">The main flash, both banks.</param>
    /// <param name="information">System memory, one-time programmable bytes, identification.</param>
    /// <param name="otp">Offset and size of the programmable part in it.</param>
    /// <param name="kind">Family.</param>
    public FlashL4(Die die, MemoryRegion array, MemoryRegion information, (uint First, uint Size) otp, FlashKindL4 kind) : base(die, kind.Irq)
    {
        (_array, _information, _otp, Kind) = (array, information, otp, kind);
        _stored = [.. kind.Options.Select(row => row.Factory)];
        _loaded = [.. _stored];
        Arrange();
        _optionRegisters = new Register[kind.Options.Length];
        array.Span.Fill(0xFF);
        information.Span.Slice((int)otp.First, (int)otp.Size).Fill(0xFF);
        array.OnWrite = (offset, value, width) => Program(array, offset, value, width);
        information.OnWrite = (offset, value, width) => Program(information, offset, value, width);
        _acr = Add(new() { Name = "ACR", Offset = 0x00, Reset = kind.AcrReset, ReadMask = kind.AcrMask, WriteMask = kind.AcrMask, Widths = 7, Unmodelled = kind.HasPowerDownKey ? [new("RUN_PD", 1 << 13)] : [], OnWrite = (_, _) => RaiseChanged() });
        if (kind.HasPowerDownKey) Add(new() { Name = "PDKEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        _side = _open = AddSide(kind.Prefix, 0x08, kind.Sr, kind.Cr, kind.CrMask, Lock | OptLock);
        Add(new() { Name = "OPTKEYR", Offset = kind.OptKeyr, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        if (kind.Trusts) _secure = AddSide("SEC", 0x0C, kind.Sr + 4, kind.Cr + 4, kind.CrMask & ~(OptStart | OblLaunch | OptLock), Lock);
        Add(new() { Name = "ECCR", Offset = kind.Eccr, ReadMask = 0xC11F_FFFF, WriteMask = 1 << 24, ClearByOne = 3u << 30, Widths = 7, OnWrite = (_, _) => { } });
        _optionKey = FlashKey.Options(RefuseOptionKey);
        if (kind.Trusts) AddSecureBlocks();
        AddOptionRegisters();
    }

    public FlashKindL4 Kind { get; }

    protected override Register Status => _sr;
    protected override Register Control => _cr;

    private Register _sr => _side.Sr;
    private Register _cr => _side.Cr;

    public override uint Latency => _acr.Field(0, 3);

    public override bool HidesWaitStates => (_acr.Value & 0x300) != 0;

    /// <summary>FLASH_CR.OBL_LAUNCH: a system reset that loads the option bytes.</summary>
    public event Action? LaunchRequested;

    public override void Reset()
    {
        Work.Abort();
        System.Array.Clear(_blocks);
        var options = SaveOptionRegisters();
        base.Reset();
        RestoreOptionRegisters(options);
        _open.Key.Reset();
        _secure?.Key.Reset();
        _side = _open;
        _optionKey.Reset();
        _begun.Clear();
        UpdateInterrupt();
        RaiseChanged();
    }

    /// <summary>Key register, SR and CR, of which a part with TrustZone has one for each side.</summary>
    private Side AddSide(string prefix, uint keyr, uint sr, uint cr, uint mask, uint locks)
    {
        Side side = null!;
        Add(new() { Name = prefix + "KEYR", Offset = keyr, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => { if (side.Key.Opens(key, (side.Cr.Value & Lock) != 0)) side.Cr.Value &= ~Lock; } });
        Register status = null!;
        status = Add(new() { Name = prefix + "SR", Offset = sr, ReadMask = Kind.Flags | Bsy | Kind.PartBegun, WriteMask = 0, ClearByOne = Kind.Flags, Widths = 7, OnRead = () => status.Value | (Work.Busy ? Bsy | (Kind.HasConfigurationBusy ? Kind.PartBegun : 0) : _begun.Count == 0 ? 0 : Kind.PartBegun), OnWrite = (_, _) => UpdateInterrupt() });
        var control = Add(new() { Name = prefix + "CR", Offset = cr, Reset = locks, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = (old, written) => WriteCr(side, old, written, mask) });
        return side = new(status, control, FlashKey.Control(_ =>
        {
            control.Value |= Lock;
            FlashKey.BusError(Kind.Base + keyr);
        }));
    }

    private sealed record Side(Register Sr, Register Cr, FlashKey Key);

    /// <summary>OPTSTRT and OBL_LAUNCH need OPTLOCK clear; the rest LOCK (RM0351 3.7.6). Locks are only set by writing.</summary>
    private void WriteCr(Side side, uint old, uint written, uint mask)
    {
        side.Cr.Value = old;
        if (Work.Busy) Work.Wait();
        _side = side;
        uint locks = _cr.Value & (Lock | OptLock), options = OptStart | OblLaunch;
        if ((locks & Lock) != 0) return;
        uint writable = mask & ~(Lock | OptLock) & ~((locks & OptLock) != 0 ? options : 0);
        uint before = _cr.Value;
        _cr.Value = before & ~writable | written & writable | locks | written & (Lock | OptLock);
        uint risen = _cr.Value & ~before;
        if ((risen & OblLaunch) != 0) LaunchRequested?.Invoke();
        else if ((risen & OptStart) != 0) StoreOptions();
        else if ((risen & Start) != 0) Erase();
        UpdateInterrupt();
    }

    /// <summary>RM0351 3.3.5: PG and FSTPG must be clear, no error may stand, and page and mass erase exclude each other.</summary>
    private void Erase()
    {
        uint mode = _cr.Value & (Per | Mer1 | Mer2);
        if ((_sr.Value & ProgrammingErrors) != 0 || (_cr.Value & (Pg | FastPg)) != 0 || mode == 0 || (mode & Per) != 0 && mode != Per) Refuse(PgsErr);
        else if (mode == Per) ErasePage((_cr.Value & Bker) != 0 && _bankSize < _array.Size ? _bankSize : 0, _cr.Field(3, Kind.PageNumberBits) * _pageSize);
        else EraseBanks((mode & Mer1) != 0, (mode & Mer2) != 0);
    }

    private void ErasePage(uint bank, uint offset)
    {
        if (offset >= _bankSize) Refuse(PgsErr);
        else if (IsProtected(bank + offset) || IsOthers(bank + offset)) Refuse(WrpErr);
        else
        {
            _array.Span.Slice((int)(bank + offset), (int)_pageSize).Fill(0xFF);
            Work.Begin(_array, bank, _bankSize, (bank + offset, _pageSize), Die.Time.Now, Kind.PageEraseTime, End);
        }
    }

    private void EraseBanks(bool first, bool second)
    {
        uint offset = first || _bankSize == _array.Size ? 0 : _bankSize, size = Math.Min(first && second ? _array.Size : _bankSize, SecureStart);
        if (AnyProtected(offset, size))
        {
            Refuse(WrpErr);
            return;
        }
        _array.Span.Slice((int)offset, (int)size).Fill(0xFF);
        Work.Begin(_array, offset, size, (offset, size), Die.Time.Now, Kind.MassEraseTime, End);
    }

    /// <summary>Standard programming (RM0351 3.3.7, RM0456 7.3.7): two words, or four, in rising order; the last starts it.</summary>
    private void Program(MemoryRegion region, uint offset, uint value, int width)
    {
        if (region == _information && offset - _otp.First >= _otp.Size) throw new Cpu.CoreFault(Cpu.FaultKind.PreciseBus, region.Address + offset);
        ulong start = Work.Wait();
        uint bytes = (uint)Kind.Words * 4;
        _side = _secure is not null && !NonSecureAccess ? _secure : _open;
        if ((_cr.Value & FastPg) != 0) throw new BenchStop("FLASH.CR: fast programming (FSTPG) is not modelled");
        if ((_sr.Value & ProgrammingErrors) != 0 || (_cr.Value & (Pg | Per | Mer1 | Mer2)) != Pg) Refuse(PgsErr);
        else if (width != 4) Refuse(SizErr);
        else if (_begun.Count == 0 ? offset % bytes != 0 : _unit.Region != region || offset != _unit.Offset + 4 * (uint)_begun.Count) Refuse(PgaErr);
        else
        {
            if (_begun.Count == 0) _unit = (region, offset);
            _begun.Add(value);
            if (_begun.Count == Kind.Words) ProgramUnit(region, _unit.Offset, start);
        }
    }

    /// <summary>What is not erased may only become all zero.</summary>
    private void ProgramUnit(MemoryRegion region, uint offset, ulong start)
    {
        uint[] words = [.. _begun];
        _begun.Clear();
        var cells = region.Span.Slice((int)offset, words.Length * 4);
        if (region == _array && (IsProtected(offset) || IsOthers(offset))) Refuse(WrpErr);
        else if (cells.ContainsAnyExcept((byte)0xFF) && words.Any(w => w != 0)) Refuse(ProgErr);
        else
        {
            for (int i = 0; i < words.Length; i++) BitConverter.TryWriteBytes(cells[(i * 4)..], words[i]);
            var (first, length) = region == _array ? (offset / _bankSize * _bankSize, _bankSize) : (0u, region.Size);
            Work.Begin(region, first, length, (offset, (uint)cells.Length), start, Kind.DoubleWordTime, End);
        }
    }

    protected override void End()
    {
        _cr.Value &= ~OptStart;
        base.End();
    }

    protected override void Refuse(uint flag)
    {
        _begun.Clear();
        base.Refuse(flag);
    }
}
