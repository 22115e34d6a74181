using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F7;

/// <summary>
/// Flash interface of STM32F72x and F73x (RM0431 chapter 3) with the 512 KB array: sectors of 4 x 16, 64, 3 x 128 KB. What silicon answers with an error flag
/// and a lost write (no unlock, PG clear, wrong width, a bit from 0 to 1) stops the bench, as it is the firmware's mistake.
/// </summary>
public sealed partial class FlashF7 : Peripheral
{
    private const uint Pg = 1, Ser = 2, Mer = 4, Strt = 1u << 16, Eopie = 1u << 24, Lock = 1u << 31, Eop = 1, WrpErr = 1 << 4;
    private const uint Kilo = 1024;
    private const ulong Millisecond = TimeBase.Second / 1000, Microsecond = Millisecond / 1000;
    private const int Irq = 4;

    private static readonly uint[] SectorKilobytes = [16, 16, 16, 16, 64, 128, 128, 128];

    /// <summary>Typical milliseconds of a sector erase by PSIZE (x8, x16, x32): DS11853 table "Flash memory programming".</summary>
    private static readonly Dictionary<uint, ulong[]> EraseMilliseconds = new() { [16] = [400, 300, 250], [64] = [1200, 700, 550], [128] = [2000, 1300, 1000] };

    /// <summary>Typical time of one program operation of any width.</summary>
    private const ulong ProgramTime = 16 * Microsecond;

    private readonly Die _die;
    private readonly FlashBusy _busy;
    private readonly Register _acr, _sr, _cr, _optcr, _optcr1, _optcr2;
    private readonly FlashKey _key, _optionKey;

    public FlashF7(Die die, MemoryRegion memory) : base("FLASH")
    {
        (_die, Memory) = (die, memory);
        (_key, _optionKey) = (FlashKey.Control(RefuseKey), FlashKey.Options(RefuseOptionKey));
        _busy = new(die.Time, memory, Operations);
        memory.Span.Fill(0xFF);
        memory.OnWrite = Program;
        _acr = Add(new() { Name = "ACR", Offset = 0x00, ReadMask = 0xB0F, WriteMask = 0xB0F, Widths = 7, OnWrite = (old, _) => WriteAcr(old) });
        Add(new() { Name = "KEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) });
        Add(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _sr = Add(new() { Name = "SR", Offset = 0x0C, ReadMask = 0x1_01F3, WriteMask = 0, ClearByOne = 0x1F3, OnRead = () => _sr!.Value | (_busy.Busy ? 1u << 16 : 0), OnWrite = (_, _) => UpdateInterrupt() });
        _cr = Add(new() { Name = "CR", Offset = 0x10, Reset = Lock, ReadMask = 0x8701_037F, WriteMask = 0x8701_037F, OnWrite = WriteCr });
        _optcr = Add(new() { Name = "OPTCR", Offset = 0x14, Reset = Option0, ReadMask = 0xC0FF_FFFF, WriteMask = 0xC0FF_FFFF, Widths = 7, OnWrite = WriteOptions });
        _optcr1 = Add(new() { Name = "OPTCR1", Offset = 0x18, Reset = Option1, Widths = 7, LockMask = ~0u, LockedBy = OptionsLocked });
        _optcr2 = Add(new() { Name = "OPTCR2", Offset = 0x1C, Reset = Option2, ReadMask = 0x8000_00FF, WriteMask = 0x8000_00FF, Widths = 7, LockMask = ~0u, LockedBy = OptionsLocked });
    }

    public MemoryRegion Memory { get; }

    /// <summary>Erases and programmed words, and when the power goes in one.</summary>
    public FlashOperations Operations { get; } = new();

    /// <summary>ACR.LATENCY.</summary>
    public uint Latency => _acr.Field(0, 4);

    /// <summary>ART accelerator or prefetch on: sequential fetches hide wait states.</summary>
    public bool HidesWaitStates => (_acr.Value & 0x300) != 0;

    public bool Busy => _busy.Busy;

    /// <summary>ACR changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        _busy.Abort();
        _key.Reset();
        _optionKey.Reset();
        LoadOptions();
        Changed?.Invoke();
    }

    private void WriteAcr(uint old)
    {
        if (_acr[11] && (old & _acr.Value & 1 << 9) != 0) throw new BenchStop("FLASH.ACR: ARTRST set while ARTEN = 1, which the manual forbids");
        Changed?.Invoke();
    }

    private void Unlock(uint key)
    {
        if (_key.Opens(key)) _cr.Value &= ~Lock;
    }

    private static void RefuseKey(uint key) => throw new BenchStop($"FLASH.KEYR: 0x{key:X8} is not the next key: FLASH_CR stays locked until reset and the bus reports an error (RM0431 3.3.5)");

    private void WriteCr(uint old, uint written)
    {
        if (_busy.Busy)
        {
            _cr.Value = old;
            _busy.Wait();
            _cr.Store(written, Name);
            return;
        }
        if ((old & Lock) != 0)
        {
            _cr.Value = old;
            if ((written & ~Lock) != (old & ~Lock)) throw new BenchStop($"FLASH.CR: 0x{written:X8} written while LOCK = 1: unlock it through KEYR first");
            return;
        }
        if ((written & Strt) != 0) Start();
        UpdateInterrupt();
    }

    private void Start()
    {
        uint mode = _cr.Value & (Pg | Ser | Mer), width = _cr.Field(8, 2);
        if (width == 3) throw new BenchStop("FLASH.CR: PSIZE = x64 needs an external Vpp, which no board has");
        if (mode == Ser) EraseSector(_cr.Field(3, 4), width);
        else if (mode == Mer) EraseAll(width);
        else throw new BenchStop($"FLASH.CR: STRT set with PG, SER, MER = 0x{mode:X}: an erase wants exactly SER or MER");
    }

    private void EraseSector(uint sector, uint width)
    {
        if (sector >= SectorKilobytes.Length) throw new BenchStop($"FLASH.CR: SNB = {sector}: the chip has sectors 0 to 7");
        if (Protected((int)sector)) return;
        uint size = SectorKilobytes[sector] * Kilo;
        Begin(true, SectorOffset((int)sector), size, EraseMilliseconds[SectorKilobytes[sector]][width] * Millisecond, () => Erase((int)sector));
    }

    private void EraseAll(uint width)
    {
        for (int i = 0; i < SectorKilobytes.Length; i++)
            if (Protected(i)) return;
        ulong sum = SectorKilobytes.Aggregate(0ul, (t, k) => t + EraseMilliseconds[k][width]);
        Begin(true, 0, Memory.Size, sum * Millisecond, () => { for (int i = 0; i < SectorKilobytes.Length; i++) Erase(i); });
    }

    private void Begin(bool isErase, uint offset, uint size, ulong duration, Action finish, Action<double>? tear = null) =>
        _busy.Begin(isErase, offset, size, duration, () => Finish(finish), tear ?? (progress => TearErase(offset, size, progress)));

    private void Finish(Action finish)
    {
        finish();
        _cr.Value &= ~Strt;
        if ((_cr.Value & Eopie) != 0) _sr.Value |= Eop;
        UpdateInterrupt();
    }

    private void TearErase(uint offset, uint size, double progress)
    {
        for (uint at = offset; at < offset + size; at += TornCells.Line) TornCells.Erase(Memory.Span.Slice((int)at, TornCells.Line), progress, Operations.Random);
    }

    /// <summary>First byte of a sector in the array.</summary>
    public static uint SectorOffset(int sector) => SectorKilobytes.Take(sector).Aggregate(0u, (t, k) => t + k) * Kilo;

    private void Erase(int sector) => Memory.Span.Slice((int)SectorOffset(sector), (int)(SectorKilobytes[sector] * Kilo)).Fill(0xFF);

    private static int SectorOf(uint offset)
    {
        int sector = 0;
        while (sector < SectorKilobytes.Length - 1 && SectorOffset(sector + 1) <= offset) sector++;
        return sector;
    }

    /// <summary>Write protection (nWRP) refuses quietly with WRPERR: firmware may well try.</summary>
    private bool Protected(int sector)
    {
        if ((_optcr.Value >> 16 + sector & 1) != 0) return false;
        _sr.Value |= WrpErr;
        UpdateInterrupt();
        return true;
    }

    private void Program(uint offset, uint value, int width)
    {
        string at = $"flash 0x{Memory.Address + offset:X8}";
        _busy.Wait();
        if ((_cr.Value & Lock) != 0) throw new BenchStop($"{at} written while FLASH_CR is locked");
        if ((_cr.Value & Pg) == 0) throw new BenchStop($"{at} written while FLASH_CR.PG = 0 (PGSERR)");
        uint size = _cr.Field(8, 2);
        if (width != 1 << (int)size) throw new BenchStop($"{at} written with {width * 8} bits while PSIZE says x{8 << (int)size} (PGPERR)");
        if (Protected(SectorOf(offset))) return;
        var target = Memory.Span.Slice((int)offset, width);
        uint before = 0;
        for (int i = width - 1; i >= 0; i--) before = before << 8 | target[i];
        if ((value & ~before) != 0) throw new BenchStop($"{at}: 0x{value:X} written over 0x{before:X}, which is not erased: programming only clears bits");
        byte[] wanted = [.. Enumerable.Range(0, width).Select(i => (byte)(value >> 8 * i))];
        Begin(false, offset, (uint)width, ProgramTime, () => wanted.CopyTo(Memory.Span[(int)offset..]),
            progress => TornCells.Program(Memory.Span.Slice((int)offset, width), wanted, progress, Operations.Random));
    }

    private void UpdateInterrupt()
    {
        bool errors = (_sr.Value & 0xF2) != 0 && _cr[25];
        _die.Interrupts.Set(Irq, errors || (_sr.Value & Eop) != 0 && (_cr.Value & Eopie) != 0);
    }
}
