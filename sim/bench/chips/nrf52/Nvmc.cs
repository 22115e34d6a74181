using System.Buffers.Binary;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// Non-volatile memory controller of the nRF52832 (Product Specification, "NVMC"), the nRF51 (Reference Manual 3.0, "NVMC"), nRF5340 and nRF9160 (Product Specifications, "NVMC"): whole words only, bits only from 1 to 0, a word twice and a block of 512 bytes 181 times between two erases.
/// Contents change when an operation begins; until it ends every access to flash and UICR waits, so code in flash stands still and code in RAM goes on.
/// </summary>
public sealed class Nvmc : Peripheral
{
    private const uint Wen = 1, Een = 2, BlockSize = 512;
    private const byte WritesPerWord = 2;
    private const int WritesPerBlock = 181;

    private readonly Die _die;
    private readonly MemoryRegion _flash, _uicr;
    private readonly NvmcTimes _times;
    private readonly uint _page;
    private readonly Register _config;
    private readonly byte[] _flashWrites, _uicrWrites;
    private readonly bool _erasesByWriting;
    private Action? _finished;

    /// <param name="page">Bytes erased at once.</param>
    /// <param name="hasCache">An instruction cache and its counters (nRF52).</param>
    /// <param name="erasesUicr">ERASEUICR does something: on an nRF51 only beside a SoftDevice from the factory.</param>
    /// <param name="erasesByWriting">nRF53, nRF91: ones written to a page's first word erase it; UICR goes with everything only; no limit of writes a block.</param>
    public Nvmc(Die die, MemoryRegion flash, MemoryRegion uicr, NvmcTimes times, uint page = 4096, bool hasCache = true, bool erasesUicr = true, bool erasesByWriting = false) : base("NVMC")
    {
        _erasesByWriting = erasesByWriting;
        (_die, _flash, _uicr, _times, _page) = (die, flash, uicr, times, page);
        Work = new(die.Time, flash, uicr);
        (_flashWrites, _uicrWrites) = (new byte[flash.Size / 4], new byte[uicr.Size / 4]);
        flash.Span.Fill(0xFF);
        uicr.Span.Fill(0xFF);
        flash.OnWrite = (offset, value, width) => Program(flash, _flashWrites, offset, value, width);
        uicr.OnWrite = (offset, value, width) => Program(uicr, _uicrWrites, offset, value, width);
        Add(new() { Name = "READY", Offset = 0x400, Reset = 1, ReadMask = 1, WriteMask = 0, OnRead = () => Work.Busy ? 0u : 1, OnWrite = (_, _) => { } });
        _config = Add(new() { Name = "CONFIG", Offset = 0x504, ReadMask = 3, WriteMask = 3, OnWrite = (_, v) => { if ((v & 7) > Een) throw new BenchStop($"NVMC.CONFIG: WEN = {v & 7} is not modelled"); } });
        Add(Erase("ERASEALL", 0x50C, v => { if (v == 1) EraseAll(); }));
        if (erasesByWriting)
        {
            Add(new() { Name = "READYNEXT", Offset = 0x408, Reset = 1, ReadMask = 1, WriteMask = 0, OnRead = () => Work.Busy ? 0u : 1, OnWrite = (_, _) => { } });
            Add(new() { Name = "ERASEPAGEPARTIALCFG", Offset = 0x51C, Reset = 10, ReadMask = 0x7F, WriteMask = 0x7F });
            AddCache();
            return;
        }
        Add(Erase("ERASEPAGE", 0x508, ErasePage));
        Add(Erase("ERASEPCR0", 0x510, ErasePage));
        Add(Erase("ERASEUICR", 0x514, v => { if (v == 1 && erasesUicr) EraseUicr(); }));
        if (hasCache) AddCache();
    }

    private void AddCache()
    {
        Add(new() { Name = "ICACHECNF", Offset = 0x540, ReadMask = 0x101, WriteMask = 0x101, OnWrite = (_, _) => Changed?.Invoke() });
        Add(new() { Name = "IHIT", Offset = 0x548 });
        Add(new() { Name = "IMISS", Offset = 0x54C });
    }

    /// <summary>ICACHECNF.CACHEEN.</summary>
    public bool CacheOn => (Registers.First(r => r.Offset == 0x540).Value & 1) != 0;

    /// <summary>UICR.ERASEPROTECT of the nRF53 and nRF91 as the last reset found it: everything at once is not erased any more, neither by ERASEALL nor through the CTRL-AP.</summary>
    public bool IsEraseProtected { get; set; }

    /// <summary>What is under way.</summary>
    public FlashWork Work { get; }

    /// <summary>ICACHECNF changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        Work.Abort();
        Finish();
        Changed?.Invoke();
    }

    /// <summary>Everything, UICR too, as the CTRL-AP does it whatever CONFIG says.</summary>
    /// <param name="finished">Called at its end.</param>
    public void EraseAll(Action? finished = null)
    {
        if (IsEraseProtected)
        {
            finished?.Invoke();
            return;
        }
        _uicr.Span.Fill(0xFF);
        Array.Clear(_uicrWrites);
        Array.Clear(_flashWrites);
        Erase(_flash, 0, _flash.Size, _times.EraseAll);
        _finished = finished;
    }

    private Register Erase(string name, uint offset, Action<uint> start) => new()
    {
        Name = name, Offset = offset, ReadMask = 0, WriteMask = 0,
        OnWrite = (_, v) =>
        {
            // Without Een the registers do nothing; nor while an operation is under way.
            if (_config.Value == Een && !Work.Busy) start(v);
        },
    };

    private void ErasePage(uint address)
    {
        if (address >= _flash.Size) return;
        uint page = address & ~(_page - 1);
        Array.Clear(_flashWrites, (int)page / 4, (int)_page / 4);
        Erase(_flash, page, _page, _times.PageErase);
    }

    private void EraseUicr()
    {
        Array.Clear(_uicrWrites);
        Erase(_uicr, 0, _uicr.Size, _times.PageErase);
    }

    private void Program(MemoryRegion region, byte[] writes, uint offset, uint value, int width)
    {
        if (_erasesByWriting && _config.Value == Een && value == uint.MaxValue && region == _flash && offset % _page == 0 && width == 4)
        {
            Work.Wait();
            ErasePage(offset);
            return;
        }
        // "Only full 32-bit words can be written"; without Wen the bus says no.
        if (width != 4 || (offset & 3) != 0 || _config.Value != Wen) throw new CoreFault(FaultKind.PreciseBus, region.Address + offset);
        ulong start = Work.Wait();
        uint word = offset / 4;
        if (writes[word] == WritesPerWord) throw new BenchStop($"NVMC: the word at 0x{region.Address + offset:X8} is written a third time since its erase; nWRITE is 2");
        writes[word]++;
        int block = (int)(offset & ~(BlockSize - 1)) / 4, sum = 0;
        foreach (byte w in writes.AsSpan(block, (int)BlockSize / 4)) sum += w;
        if (sum > WritesPerBlock && !_erasesByWriting) throw new BenchStop($"NVMC: the block at 0x{region.Address + (uint)block * 4:X8} is written more than {WritesPerBlock} times since its erase");
        var target = region.Span.Slice((int)offset, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(target, BinaryPrimitives.ReadUInt32LittleEndian(target) & value);
        Begin(region, offset, 4, start, _times.Word);
    }

    private void Erase(MemoryRegion region, uint offset, uint size, ulong duration)
    {
        region.Span.Slice((int)offset, (int)size).Fill(0xFF);
        Begin(region, offset, size, _die.Time.Now, duration);
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong start, ulong duration) => Work.Begin(region, 0, region.Size, (offset, size), start, duration, Finish);

    private void Finish()
    {
        var finished = _finished;
        _finished = null;
        finished?.Invoke();
    }
}
