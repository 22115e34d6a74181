namespace SharpProbe.Sim.Chips.F4;

/// <summary>
/// Flash interface of STM32F2, F4 and F7 (RM0033 3, RM0090 3, RM0402 3, RM0385 3, RM0410 3, RM0431 3): four small sectors, one of four times the size and large ones in one or two banks, a program width that PSIZE
/// chooses and that every write must have. A bank that is busy makes its readers wait; the other goes on.
/// Mistakes get the manual's flags. Nothing looks whether a cell is erased: programming clears bits, no more.
/// </summary>
public sealed partial class FlashF4 : StFlash
{
    private const uint Pg = 1, Ser = 2, Mer = 4, Mer1 = 1 << 15, Strt = 1 << 16, Lock = 1u << 31;
    private const uint WrpErr = 1 << 4, PgaErr = 1 << 5, PgpErr = 1 << 6, PgsErr = 1 << 7, Bsy = 1 << 16;
    private const uint Kilo = 1024, Row = 16;
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;
    private const int Irq = 4;

    /// <summary>DS8626 and DS11139, tables "Flash memory programming": typical times, the same for every width.</summary>
    public const ulong ProgramTime = 16 * Microsecond;

    /// <summary>Typical milliseconds of an erase with x8, x16, x32: of a small sector, one of four times its size, one of eight times.</summary>
    private static readonly ulong[][] EraseMilliseconds = [[400, 300, 250], [1200, 700, 550], [2000, 1300, 1000]];
    private static readonly ulong[] MassEraseMilliseconds = [16_000, 11_000, 8_000];

    private readonly MemoryRegion _array, _information;
    private readonly MemoryRegion? _optionBytes;
    private readonly FlashKindF4 _kind;
    private readonly Register[] _optionRegisters;
    private readonly (uint First, uint Size) _otp;
    private uint[] _sectors = [];                           // KB, of a bank
    private uint _bankSize;
    private readonly Register _acr, _sr, _cr, _optcr;
    private readonly FlashKey _key, _optionKey;

    /// <param name="die">The chip.</param>
    /// <param name="array">The main flash.</param>
    /// <param name="information">System memory, one-time programmable bytes, identification.</param>
    /// <param name="otp">Offset and size of the programmable part in it.</param>
    /// <param name="optionBytes">Where software reads the option bytes; null: not here.</param>
    /// <param name="kind">Family.</param>
    public FlashF4(Die die, MemoryRegion array, MemoryRegion information, (uint First, uint Size) otp, MemoryRegion? optionBytes, FlashKindF4 kind) : base(die, Irq)
    {
        (_array, _information, _otp, _optionBytes, _kind) = (array, information, otp, optionBytes, kind);
        _options = [.. kind.Options.Select(row => row.Factory & ~(OptLock | OptStrt))];
        _optionRegisters = new Register[_options.Length];
        array.Span.Fill(0xFF);
        information.Span.Slice((int)otp.First, (int)otp.Size).Fill(0xFF);
        array.OnWrite = (offset, value, width) => Program(array, offset, value, width);
        information.OnWrite = (offset, value, width) => Program(information, offset, value, width);
        if (optionBytes is not null) optionBytes.OnWrite = (_, _, _) => { };        // OPTCR is the way
        _acr = Add(new() { Name = "ACR", Offset = 0x00, ReadMask = kind.AcrMask, WriteMask = kind.AcrMask, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        Add(new() { Name = "KEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) });
        Add(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _sr = Add(new() { Name = "SR", Offset = 0x0C, ReadMask = Bsy | kind.Flags, WriteMask = 0, ClearByOne = kind.Flags, OnRead = () => _sr!.Value | (Work.Busy ? Bsy : 0), OnWrite = (_, _) => UpdateInterrupt() });
        _cr = Add(new() { Name = "CR", Offset = 0x10, Reset = Lock, ReadMask = kind.CrMask, WriteMask = kind.CrMask, OnWrite = WriteCr });
        _optcr = Add(new() { Name = "OPTCR", Offset = 0x14, Reset = kind.Options[0].Factory, ReadMask = kind.Options[0].Mask, WriteMask = kind.Options[0].Mask, Widths = 7, OnWrite = WriteOptions });
        for (int i = 1; i < _options.Length; i++)
        {
            int n = i;
            var (mask, factory) = kind.Options[i];
            _optionRegisters[i] = Add(new() { Name = $"OPTCR{i}", Offset = 0x14 + 4 * (uint)i, Reset = factory, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = (old, _) => { if ((_optcr.Value & OptLock) != 0) _optionRegisters[n].Value = old; } });
        }
        (_key, _optionKey) = (FlashKey.Control(RefuseKey), FlashKey.Options(RefuseOptionKey));
        Arrange();
        StoreOptionBytes();
    }

    protected override Register Status => _sr;
    protected override Register Control => _cr;

    public override uint Latency => _acr.Field(0, (int)_kind.LatencyBits);

    public override bool HidesWaitStates => (_acr.Value & 0x300) != 0;

    /// <summary>Sizes in KB of a bank's sectors, from the first on.</summary>
    public IReadOnlyList<uint> Sectors => _sectors;

    private bool IsDual => _bankSize < _array.Size;

    /// <summary>Femtoseconds that an erase of so many KB takes with 32 bits at a time, where small sectors have 16 KB.</summary>
    public static ulong EraseTime(uint kilobytes) => EraseMilliseconds[Class(kilobytes, 16)][2] * Millisecond;

    private static int Class(uint kilobytes, uint small) => kilobytes == small ? 0 : kilobytes == 4 * small ? 1 : 2;

    public override void Reset()
    {
        Work.Abort();
        base.Reset();
        _key.Reset();
        _optionKey.Reset();
        LoadOptions();
        UpdateInterrupt();
        RaiseChanged();
    }

    private void Unlock(uint key)
    {
        if (_key.Opens(key, (_cr.Value & Lock) != 0)) _cr.Value &= ~Lock;
    }

    private void RefuseKey(uint key)
    {
        _cr.Value |= Lock;
        FlashKey.BusError(0x4002_3C04);
    }

    /// <summary>While BSY the write waits on the bus (RM0090 3.9.6); while LOCK it is lost.</summary>
    private void WriteCr(uint old, uint written)
    {
        _cr.Value = old;
        if (Work.Busy) Work.Wait();
        if ((_cr.Value & Lock) != 0) return;
        bool starts = (written & Strt) != 0 && (_cr.Value & Strt) == 0;
        _cr.Value = written & _kind.CrMask;
        if (starts) Start();
        UpdateInterrupt();
    }

    private void Start()
    {
        uint mode = _cr.Value & (Ser | Mer | Mer1), width = _cr.Field(8, 2);
        if (mode == 0 || (mode & Ser) != 0 && mode != Ser) _cr.Value &= ~Strt;      // not done (RM0090 3.9.6)
        else if (width == 3) throw new BenchStop("FLASH.CR: PSIZE = x64 needs an external Vpp, which the target's board has not");
        else if (mode == Ser) EraseSector(width);
        else EraseAll(mode, width);
    }

    /// <summary>SNB's bit 4 is the second bank where there is one.</summary>
    private void EraseSector(uint width)
    {
        uint number = _cr.Field(3, (_kind.CrMask & 1 << 7) != 0 ? 5 : 4), bank = number >> 4, index = IsDual ? number & 15 : number;
        if (index >= _sectors.Length) Refuse(PgsErr);
        else if (IsProtected((int)(bank * (uint)_sectors.Length + index))) Refuse(WrpErr);
        else Erase((IsDual ? bank * _bankSize : 0) + OffsetOf((int)index), _sectors[index] * Kilo, EraseMilliseconds[Class(_sectors[index], _sectors[0])][width] * Millisecond);
    }

    /// <summary>MER is the first bank, MER1 the second, both together take as long as one (no manual at hand says so).</summary>
    private void EraseAll(uint mode, uint width)
    {
        uint first = IsDual && mode == Mer1 ? _bankSize : 0, size = mode == (Mer | Mer1) ? _array.Size : _bankSize;
        int sectors = _sectors.Length * (IsDual ? 2 : 1);
        if (Enumerable.Range(0, sectors).Any(n => IsProtected(n) && (size > _bankSize || n / _sectors.Length == (first == 0 ? 0 : 1)))) Refuse(WrpErr);
        else Erase(first, size, MassEraseTime(width, _bankSize));
    }

    /// <summary>The datasheet's figures are for 1 MB.</summary>
    private static ulong MassEraseTime(uint width, uint size) => MassEraseMilliseconds[width] * Millisecond / 1024 * (size / Kilo);

    private void Erase(uint offset, uint size, ulong duration)
    {
        _array.Span.Slice((int)offset, (int)size).Fill(0xFF);
        Begin(_array, offset, size, Die.Time.Now, duration);
    }

    private uint OffsetOf(int sector) => (uint)_sectors.Take(sector).Sum(k => k * Kilo);

    private int SectorOf(uint offset)
    {
        int sector = 0;
        while (sector < _sectors.Length - 1 && OffsetOf(sector + 1) <= offset % _bankSize) sector++;
        return (int)(offset / _bankSize) * _sectors.Length + sector;
    }

    private void Program(MemoryRegion region, uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        if (region == _information && offset - _otp.First >= _otp.Size) throw new Cpu.CoreFault(Cpu.FaultKind.PreciseBus, region.Address + offset);
        if ((_cr.Value & (Pg | Ser | Mer | Mer1)) != Pg) Refuse(PgsErr);
        else if (width != 1 << (int)_cr.Field(8, 2)) Refuse(PgpErr);
        else if (offset % Row + width > Row) Refuse(PgaErr);
        else if (region == _array && IsProtected(SectorOf(offset))) Refuse(WrpErr);
        else
        {
            for (int i = 0; i < width; i++) region.Span[(int)offset + i] &= (byte)(value >> 8 * i);
            Begin(region, offset, (uint)width, start, ProgramTime);
        }
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong start, ulong duration)
    {
        var (first, length) = region == _array && size <= _bankSize ? (offset / _bankSize * _bankSize, _bankSize) : (0, region.Size);
        Work.Begin(region, first, length, (offset, size), start, duration, End);
    }
}
