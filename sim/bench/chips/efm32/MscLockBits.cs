namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>MSC of series 0 and 1 (EFM32GG and EFR32xG12 reference manuals): the loaded address and the commands of WRITECMD; lock words are those of the lock bits page as the last reset found them.</summary>
public sealed class MscLockBits : Msc
{
    private const uint Key = 0x1B71, MassKey = 0x631A;
    private const uint Wren = 1, Laddrim = 1, ErasePageBit = 2, WriteEnd = 4, WriteOnce = 8, WriteTrig = 16, EraseAbort = 32, EraseMain0 = 256, EraseMain1 = 512, ClearDataBit = 4096;
    private const uint WordTimeout = 16, Aborted = 32;
    private const int UserLock = 126, MassLock = 125, DebugLock = 127;

    private readonly MemoryRegion _flash, _user, _lockBits;
    private readonly Register _writeCtrl, _addrb, _wdata;
    private readonly uint[] _locks = new uint[128];
    private bool _open, _massOpen, _aborted;

    /// <param name="isSeries1">Its registers from IF on are elsewhere.</param>
    public MscLockBits(Die die, FlashWork work, MscTimes times, uint pageSize, bool isSeries1, MemoryRegion flash, MemoryRegion user, MemoryRegion lockBits) : base(die, work, times, pageSize, flash, user, lockBits)
    {
        (_flash, _user, _lockBits) = (flash, user, lockBits);
        Add(new() { Name = "CTRL", Offset = 0x00, Reset = 1, ReadMask = isSeries1 ? 0x1Fu : 1, WriteMask = isSeries1 ? 0x1Fu : 1 });
        Add(isSeries1
            ? new() { Name = "READCTRL", Offset = 0x04, Reset = 0x0100_0100, ReadMask = 0x1300_0338, WriteMask = 0x1300_0338 }
            : new() { Name = "READCTRL", Offset = 0x04, Reset = 1, ReadMask = 0x0003_01FF, WriteMask = 0x0003_01FF });
        _writeCtrl = Add(new() { Name = "WRITECTRL", Offset = 0x08, ReadMask = isSeries1 ? 0x23u : 0x3F, WriteMask = isSeries1 ? 0x23u : 0x3F, Unmodelled = [new("WDOUBLE", 4), new("RWWEN", 32)], OnWrite = (old, _) => { if (!_open) _writeCtrl!.Value = old; } });
        Add(new() { Name = "WRITECMD", Offset = 0x0C, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Command(v) });
        _addrb = Add(new() { Name = "ADDRB", Offset = 0x10, OnWrite = (old, _) => { if (!_open) _addrb!.Value = old; } });
        _wdata = Add(new() { Name = "WDATA", Offset = 0x18, OnWrite = (old, v) => { if (!_open || !TakeWord(v)) _wdata!.Value = old; } });
        Add(new() { Name = "STATUS", Offset = 0x1C, Reset = DataReady, WriteMask = 0, OnRead = Status, OnWrite = (_, _) => { } });
        uint interrupts = isSeries1 ? 0x30u : 0x2C, flags = isSeries1 ? 0x17Fu : 15;
        Add(new() { Name = "IF", Offset = interrupts, ReadMask = flags, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IFS", Offset = interrupts + 4, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IFC", Offset = interrupts + 8, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IEN", Offset = interrupts + 12, ReadMask = flags, WriteMask = flags, Unmodelled = [new("IEN", flags)] });
        Add(new() { Name = "LOCK", Offset = interrupts + 16, WriteMask = 0, OnRead = () => _open ? 0u : 1, OnWrite = (_, v) => _open = (v & 0xFFFF) == Key });
        Add(new() { Name = isSeries1 ? "CACHECMD" : "CMD", Offset = interrupts + 20, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "CACHEHITS", Offset = interrupts + 24, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "CACHEMISSES", Offset = interrupts + 28, WriteMask = 0, OnWrite = (_, _) => { } });
        if (!isSeries1) Add(new() { Name = "TIMEBASE", Offset = 0x50, Reset = 0x10, ReadMask = 0x1_003F, WriteMask = 0x1_003F });
        Add(new() { Name = "MASSLOCK", Offset = 0x54, Reset = 1, WriteMask = 0, OnRead = () => _massOpen ? 0u : 1, OnWrite = (_, v) => _massOpen = (v & 0xFFFF) == MassKey });
    }

    /// <summary>The debug lock word: anything but 15 in its low half-byte closes the debug port's way to the bus, from the next reset on.</summary>
    public bool IsDebugLocked => (_locks[DebugLock] & 15) != 15;

    public override void Reset()
    {
        base.Reset();
        // Without CMU the low-power domains stand: LOCK is open after reset (its reset value reads 0).
        (_open, _massOpen, _aborted) = (true, false, false);
        for (int i = 0; i < _locks.Length; i++) _locks[i] = BitConverter.ToUInt32(_lockBits.Span[(i * 4)..]);
    }

    /// <summary>The authentication access port's device erase: main flash and lock bits, whatever is locked. The user data page stays.</summary>
    public void EraseDevice(Action finished) => EraseAll(finished, _lockBits);

    /// <summary>A zero in a page's bit closes it. The lock bits page itself can be programmed by a debugger alone, which is not told from the core here.</summary>
    protected override bool IsLocked(uint address)
    {
        if (address < _flash.Size) return (_locks[address / PageSize / 32] >> (int)(address / PageSize % 32) & 1) == 0;
        return address - _user.Address < _user.Size && (_locks[UserLock] & 1) == 0;
    }

    private uint Status() => AddressStatus | (IsBusy ? Busy : 0) | (HasRoom ? DataReady : 0) | (TimedOut ? WordTimeout : 0) | (_aborted ? Aborted : 0);

    private void Command(uint command)
    {
        if (!_open || (_writeCtrl.Value & Wren) == 0) return;
        if ((command & EraseAbort) != 0 && Work.Busy)
        {
            Work.Abort();
            _aborted = true;
        }
        if ((command & ClearDataBit) != 0) ClearData();
        if ((command & WriteEnd) != 0) EndSequence();
        if (IsBusy) return;
        if ((command & Laddrim) != 0)
        {
            _aborted = false;
            LoadAddress(_addrb.Value);
        }
        if ((command & ErasePageBit) != 0) ErasePage();
        if ((command & WriteTrig) != 0) Begin(goesOn: true);
        else if ((command & (WriteOnce | WriteEnd)) == WriteOnce) Begin(goesOn: false);
        uint half = _flash.Size / 2;
        if ((command & (EraseMain0 | EraseMain1)) == 0 || !_massOpen || (_locks[MassLock] & 1) == 0) return;
        if ((command & EraseMain0) == 0) EraseMain(half, half);
        else EraseMain(0, (command & EraseMain1) != 0 || !HasTwoHalves ? _flash.Size : half);
    }

    /// <summary>From 1 MB on ERASEMAIN0 and ERASEMAIN1 have a half each.</summary>
    private bool HasTwoHalves => _flash.Size >= 1 << 20;
}
