namespace SharpProbe.Sim.Chips.F4;

/// <summary>
/// Flash interface of the STM32F40x to F42x with one bank (RM0090 3, RM0402 3): sectors of 4 x 16, 64 and then 128 KB, a program width that PSIZE chooses and that every write must have.
/// Mistakes get the manual's flags. Nothing looks whether a cell is erased: programming clears bits, no more.
/// </summary>
public sealed partial class FlashF4 : StFlash
{
    private const uint Pg = 1, Ser = 2, Mer = 4, Strt = 1 << 16, Lock = 1u << 31;
    private const uint WrpErr = 1 << 4, PgaErr = 1 << 5, PgpErr = 1 << 6, PgsErr = 1 << 7, Bsy = 1 << 16;
    private const uint Kilo = 1024, Row = 16;
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;
    private const int Irq = 4;

    /// <summary>DS8626 and DS11139, tables "Flash memory programming": typical times, the same for every width.</summary>
    public const ulong ProgramTime = 16 * Microsecond;

    /// <summary>Typical milliseconds of an erase with x8, x16, x32, by kilobytes.</summary>
    private static readonly Dictionary<uint, ulong[]> EraseMilliseconds = new() { [16] = [400, 300, 250], [64] = [1200, 700, 550], [128] = [2000, 1300, 1000] };
    private static readonly ulong[] MassEraseMilliseconds = [16_000, 11_000, 8_000];

    private readonly MemoryRegion _array, _information, _optionBytes;
    private readonly (uint First, uint Size) _otp;
    private readonly uint[] _sectors;
    private readonly Register _acr, _sr, _cr, _optcr;
    private readonly FlashKey _key, _optionKey;

    /// <param name="die">The chip.</param>
    /// <param name="array">The main flash.</param>
    /// <param name="information">System memory, one-time programmable bytes, identification.</param>
    /// <param name="otp">Offset and size of the programmable part in it.</param>
    /// <param name="optionBytes">Where software reads the option bytes.</param>
    public FlashF4(Die die, MemoryRegion array, MemoryRegion information, (uint First, uint Size) otp, MemoryRegion optionBytes) : base(die, Irq)
    {
        (_array, _information, _otp, _optionBytes) = (array, information, otp, optionBytes);
        uint kilobytes = array.Size / Kilo;
        _sectors = [16, 16, 16, 16, 64, .. Enumerable.Repeat(128u, (int)(kilobytes - 128) / 128)];
        array.Span.Fill(0xFF);
        information.Span.Slice((int)otp.First, (int)otp.Size).Fill(0xFF);
        array.OnWrite = (offset, value, width) => Program(array, offset, value, width);
        information.OnWrite = (offset, value, width) => Program(information, offset, value, width);
        optionBytes.OnWrite = (_, _, _) => { };         // OPTCR is the way
        _acr = Add(new() { Name = "ACR", Offset = 0x00, ReadMask = 0x1F07, WriteMask = 0x1F07, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        Add(new() { Name = "KEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) });
        Add(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _sr = Add(new() { Name = "SR", Offset = 0x0C, ReadMask = 0x1_00F3, WriteMask = 0, ClearByOne = 0xF3, OnRead = () => _sr!.Value | (Work.Busy ? Bsy : 0), OnWrite = (_, _) => UpdateInterrupt() });
        _cr = Add(new() { Name = "CR", Offset = 0x10, Reset = Lock, ReadMask = CrMask, WriteMask = CrMask, OnWrite = WriteCr });
        _optcr = Add(new() { Name = "OPTCR", Offset = 0x14, Reset = FactoryOptions, ReadMask = 0x0FFF_FFEF, WriteMask = 0x0FFF_FFEF, Widths = 7, OnWrite = WriteOptions });
        (_key, _optionKey) = (FlashKey.Control(RefuseKey), FlashKey.Options(RefuseOptionKey));
        StoreOptionBytes();
    }

    private const uint CrMask = 0x8301_037F;

    protected override Register Status => _sr;
    protected override Register Control => _cr;

    public override uint Latency => _acr.Field(0, 3);

    public override bool HidesWaitStates => (_acr.Value & 0x300) != 0;

    /// <summary>Sizes in KB, from the first sector on.</summary>
    public IReadOnlyList<uint> Sectors => _sectors;

    /// <summary>Femtoseconds that an erase of so many KB takes with 32 bits at a time.</summary>
    public static ulong EraseTime(uint kilobytes) => EraseMilliseconds[kilobytes][2] * Millisecond;

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
        _cr.Value = written & CrMask;
        if (starts) Start();
        UpdateInterrupt();
    }

    private void Start()
    {
        uint mode = _cr.Value & (Ser | Mer), width = _cr.Field(8, 2);
        if (mode is 0 or (Ser | Mer)) _cr.Value &= ~Strt;       // neither is done (RM0090 3.9.6)
        else if (width == 3) throw new BenchStop("FLASH.CR: PSIZE = x64 needs an external Vpp, which the target's board has not");
        else if (mode == Mer) EraseAll(width);
        else EraseSector(_cr.Field(3, 4), width);
    }

    private void EraseSector(uint sector, uint width)
    {
        if (sector >= _sectors.Length) Refuse(PgsErr);
        else if (IsProtected((int)sector)) Refuse(WrpErr);
        else Erase(OffsetOf((int)sector), _sectors[sector] * Kilo, EraseMilliseconds[_sectors[sector]][width] * Millisecond);
    }

    private void EraseAll(uint width)
    {
        if (Enumerable.Range(0, _sectors.Length).Any(IsProtected)) Refuse(WrpErr);
        else Erase(0, _array.Size, MassEraseTime(width));
    }

    /// <summary>The datasheet's figures are for 1 MB.</summary>
    private ulong MassEraseTime(uint width) => MassEraseMilliseconds[width] * Millisecond / 1024 * (_array.Size / Kilo);

    private void Erase(uint offset, uint size, ulong duration)
    {
        _array.Span.Slice((int)offset, (int)size).Fill(0xFF);
        Begin(_array, offset, size, Die.Time.Now, duration);
    }

    private uint OffsetOf(int sector) => (uint)_sectors.Take(sector).Sum(k => k * Kilo);

    private int SectorOf(uint offset)
    {
        int sector = 0;
        while (sector < _sectors.Length - 1 && OffsetOf(sector + 1) <= offset) sector++;
        return sector;
    }

    private void Program(MemoryRegion region, uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        if (region == _information && offset - _otp.First >= _otp.Size) throw new Cpu.CoreFault(Cpu.FaultKind.PreciseBus, region.Address + offset);
        if ((_cr.Value & (Pg | Ser | Mer)) != Pg) Refuse(PgsErr);
        else if (width != 1 << (int)_cr.Field(8, 2)) Refuse(PgpErr);
        else if (offset % Row + width > Row) Refuse(PgaErr);
        else if (region == _array && IsProtected(SectorOf(offset))) Refuse(WrpErr);
        else
        {
            for (int i = 0; i < width; i++) region.Span[(int)offset + i] &= (byte)(value >> 8 * i);
            Begin(region, offset, (uint)width, start, ProgramTime);
        }
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong start, ulong duration) => Work.Begin(region, 0, region.Size, (offset, size), start, duration, End);
}
