using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>
/// Memory system controller of EFM32 series 0 (EFM32GG reference manual, "MSC"): an address is loaded, a page erased or a word written; each word at most twice between two erases. Lock words are those
/// of the lock bits page as the last reset found them. The core's reads of flash wait meanwhile. WRITETRIG, double-word writes and interrupts are not modelled.
/// </summary>
public sealed class Msc : Peripheral
{
    public const uint PageSize = 4096;
    private const uint Key = 0x1B71, MassKey = 0x631A;
    private const uint Wren = 1, Laddrim = 1, ErasePageBit = 2, WriteEnd = 4, WriteOnce = 8, WriteTrig = 16, EraseAbort = 32, EraseMain0 = 256, EraseMain1 = 512, ClearData = 4096;
    private const uint Busy = 1, Locked = 2, Invalid = 4, DataReady = 8, Aborted = 32;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    // EFM32GG230 datasheet, "Flash": word 20 µs at least, page 20.4 ms, device 40.4 ms typical.
    public const ulong WordTime = 20 * Microsecond, PageTime = 20_400 * Microsecond, MassTime = 40_400 * Microsecond;
    private const byte WritesPerWord = 2;
    private const int UserLock = 126, MassLock = 125, DebugLock = 127;

    private readonly Die _die;
    private readonly FlashWork _work;
    private readonly MemoryRegion _flash, _user, _lockBits;
    private readonly Register _writeCtrl, _addrb, _wdata;
    private readonly byte[] _writes;
    private readonly uint[] _locks = new uint[128];
    private bool _open, _massOpen;
    private uint _status, _address;
    private bool _hasData;

    public Msc(Die die, FlashWork work, MemoryRegion flash, MemoryRegion user, MemoryRegion lockBits) : base("MSC")
    {
        (_die, _work, _flash, _user, _lockBits) = (die, work, flash, user, lockBits);
        _writes = new byte[flash.Size / 4];
        foreach (var region in (MemoryRegion[])[flash, user, lockBits])
        {
            region.Span.Fill(0xFF);
            // Nothing is written but through the controller: a store is ignored, or a bus fault (CTRL.BUSFAULT, which is set after reset).
            region.OnWrite = (offset, _, _) => throw new Cpu.CoreFault(Cpu.FaultKind.PreciseBus, region.Address + offset);
        }
        Add(new() { Name = "CTRL", Offset = 0x00, Reset = 1, ReadMask = 1, WriteMask = 1 });
        Add(new() { Name = "READCTRL", Offset = 0x04, Reset = 1, ReadMask = 0x0003_01FF, WriteMask = 0x0003_01FF });
        _writeCtrl = Add(new() { Name = "WRITECTRL", Offset = 0x08, ReadMask = 0x3F, WriteMask = 0x3F, Unmodelled = [new("WDOUBLE", 4), new("RWWEN", 32)], OnWrite = (old, _) => { if (!_open) _writeCtrl!.Value = old; } });
        Add(new() { Name = "WRITECMD", Offset = 0x0C, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Command(v) });
        _addrb = Add(new() { Name = "ADDRB", Offset = 0x10, OnWrite = (old, _) => { if (!_open) _addrb!.Value = old; } });
        _wdata = Add(new() { Name = "WDATA", Offset = 0x18, OnWrite = (old, _) => LoadData(old) });
        Add(new() { Name = "STATUS", Offset = 0x1C, Reset = DataReady, WriteMask = 0, OnRead = () => _status | (_work.Busy ? Busy : 0) | (_hasData ? 0 : DataReady), OnWrite = (_, _) => { } });
        Add(new() { Name = "IF", Offset = 0x2C, ReadMask = 15, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IFS", Offset = 0x30, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IFC", Offset = 0x34, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IEN", Offset = 0x38, ReadMask = 15, WriteMask = 15, Unmodelled = [new("IEN", 15)] });
        Add(new() { Name = "LOCK", Offset = 0x3C, WriteMask = 0, OnRead = () => _open ? 0u : 1, OnWrite = (_, v) => _open = (v & 0xFFFF) == Key });
        Add(new() { Name = "CMD", Offset = 0x40, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "CACHEHITS", Offset = 0x44, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "CACHEMISSES", Offset = 0x48, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "TIMEBASE", Offset = 0x50, Reset = 0x10, ReadMask = 0x1_003F, WriteMask = 0x1_003F });
        Add(new() { Name = "MASSLOCK", Offset = 0x54, Reset = 1, WriteMask = 0, OnRead = () => _massOpen ? 0u : 1, OnWrite = (_, v) => _massOpen = (v & 0xFFFF) == MassKey });
    }

    /// <summary>The debug lock word: anything but 15 in its low half-byte closes the debug port's way to the bus, from the next reset on.</summary>
    public bool IsDebugLocked => (_locks[DebugLock] & 15) != 15;

    public override void Reset()
    {
        base.Reset();
        // Without CMU the low-power domains stand: LOCK is open after reset (its reset value reads 0).
        (_open, _massOpen, _status, _hasData) = (true, false, 0, false);
        for (int i = 0; i < _locks.Length; i++) _locks[i] = BitConverter.ToUInt32(_lockBits.Span[(i * 4)..]);
    }

    /// <summary>The authentication access port's device erase: main flash and lock bits, whatever is locked. The user data page stays.</summary>
    public void EraseDevice(Action finished)
    {
        if (_work.Busy) _work.Abort();
        _flash.Span.Fill(0xFF);
        _lockBits.Span.Fill(0xFF);
        Array.Clear(_writes);
        _work.Begin(_flash, 0, _flash.Size, (0, _flash.Size), _die.Time.Now, MassTime, finished);
    }

    private void LoadData(uint old)
    {
        if (!_open || _work.Busy || _hasData) _wdata.Value = old;      // "must be written when WDATAREADY is set, otherwise the data is ignored"
        else _hasData = true;
    }

    private void Command(uint command)
    {
        if (!_open || (_writeCtrl.Value & Wren) == 0) return;
        if ((command & WriteTrig) != 0) throw new BenchStop("MSC.WRITECMD: WRITETRIG is not modelled");
        if ((command & EraseAbort) != 0 && _work.Busy)
        {
            _work.Abort();
            _status |= Aborted;
        }
        if ((command & ClearData) != 0) _hasData = false;
        if (_work.Busy) return;
        if ((command & Laddrim) != 0) LoadAddress();
        if ((command & ErasePageBit) != 0) Erase();
        if ((command & (WriteOnce | WriteEnd)) == WriteOnce) Write();
        if ((command & (EraseMain0 | EraseMain1)) != 0) EraseMain((command & EraseMain0) != 0, (command & EraseMain1) != 0);
    }

    private void LoadAddress()
    {
        _address = _addrb.Value & ~3u;
        _status &= ~(Invalid | Locked | Aborted);
        if (Find(_address, out _) is null) _status |= Invalid;
        else if (IsLocked(_address)) _status |= Locked;
    }

    private MemoryRegion? Find(uint address, out uint offset)
    {
        foreach (var region in (MemoryRegion[])[_flash, _user, _lockBits])
        {
            offset = address - region.Address;
            if (offset < region.Size) return region;
        }
        offset = 0;
        return null;
    }

    /// <summary>A zero in a page's bit closes it. The lock bits page itself can be programmed by a debugger alone, which is not told from the core here.</summary>
    private bool IsLocked(uint address)
    {
        if (address < _flash.Size) return (_locks[address / PageSize / 32] >> (int)(address / PageSize % 32) & 1) == 0;
        return address - _user.Address < _user.Size && (_locks[UserLock] & 1) == 0;
    }

    private void Erase()
    {
        if ((_status & (Invalid | Locked)) != 0 || Find(_address, out uint offset) is not { } region) return;
        offset &= ~(PageSize - 1);
        region.Span.Slice((int)offset, (int)PageSize).Fill(0xFF);
        if (region == _flash) _writes.AsSpan((int)offset / 4, (int)PageSize / 4).Clear();
        Begin(region, offset, PageSize, PageTime);
    }

    private void Write()
    {
        if ((_status & (Invalid | Locked)) != 0 || !_hasData || Find(_address, out uint offset) is not { } region) return;
        if (region == _flash && ++_writes[offset / 4] > WritesPerWord) throw new BenchStop($"MSC: the word at 0x{_address:X8} is written a third time since its erase");
        var cells = region.Span.Slice((int)offset, 4);
        BitConverter.TryWriteBytes(cells, BitConverter.ToUInt32(cells) & _wdata.Value);
        _hasData = false;
        // The address goes on to the next word of the page.
        _address = _address & ~(PageSize - 1) | _address + 4 & PageSize - 1;
        Begin(region, offset, 4, WordTime);
    }

    private void EraseMain(bool first, bool second)
    {
        if (!_massOpen || (_locks[MassLock] & 1) == 0) return;
        uint half = _flash.Size / 2, offset = first ? 0 : half, size = first && second ? _flash.Size : half;
        _flash.Span.Slice((int)offset, (int)size).Fill(0xFF);
        _writes.AsSpan((int)offset / 4, (int)size / 4).Clear();
        Begin(_flash, offset, size, MassTime);
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong duration) => _work.Begin(region, 0, region.Size, (offset, size), _die.Time.Now, duration, () => { });
}
