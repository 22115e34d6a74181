namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>MSC of the EFR32xG22 (reference manual, "MSC"): ADDRB takes effect as it is written, a word in WDATA starts by itself, locks are registers that software closes until the next reset.</summary>
public sealed class MscS2 : Msc
{
    private const uint Key = 0x1B71, Wren = 1, ErasePageBit = 2, WriteEnd = 4, EraseAbort = 32, EraseMain0 = 256, ClearDataBit = 4096, RegLock = 1 << 16, PowerOn = 1 << 24, WriteReady = 1 << 27;
    private const uint MassEraseLock = 1, UserDataLock = 16;

    private readonly MemoryRegion _flash, _user;
    private readonly Register _writeCtrl, _misc;
    private readonly Register[] _pageLocks;
    private bool _closed;

    public MscS2(Die die, FlashWork work, uint pageSize, MemoryRegion flash, MemoryRegion user) : base(die, work, MscTimes.Efr32xG22, pageSize, flash, user)
    {
        (_flash, _user) = (flash, user);
        Add(new() { Name = "IPVERSION", Offset = 0x00, Reset = 1, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "READCTRL", Offset = 0x08, Reset = 0x0020_0000, ReadMask = 0x0030_1002, WriteMask = 0x0030_1002 });
        _writeCtrl = Add(new() { Name = "WRITECTRL", Offset = 0x0C, ReadMask = 0xB, WriteMask = 0xB, Unmodelled = [new("IRQERASEABORT", 2)], OnWrite = (old, _) => { if (_closed) _writeCtrl!.Value = old; } });
        Add(new() { Name = "WRITECMD", Offset = 0x10, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Command(v) });
        Add(new() { Name = "ADDRB", Offset = 0x14, OnWrite = (_, v) => { if (!_closed && !IsBusy) LoadAddress(v); } });
        Add(new() { Name = "WDATA", Offset = 0x18, OnWrite = (_, v) => Word(v) });
        Add(new() { Name = "STATUS", Offset = 0x1C, Reset = WriteReady | DataReady, WriteMask = 0, OnRead = Status, OnWrite = (_, _) => { } });
        Add(new() { Name = "IF", Offset = 0x20, ReadMask = 0x307, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "IEN", Offset = 0x24, ReadMask = 0x307, WriteMask = 0x307, Unmodelled = [new("IEN", 0x307)] });
        Add(new() { Name = "USERDATASIZE", Offset = 0x34, Reset = 4, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "CMD", Offset = 0x38, ReadMask = 0, WriteMask = 0x11, Unmodelled = [new("PWRUP, PWROFF", 0x11)] });
        Add(new() { Name = "LOCK", Offset = 0x3C, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => _closed = (v & 0xFFFF) != Key });
        _misc = Add(new() { Name = "MISCLOCKWORD", Offset = 0x40, Reset = 0x11, ReadMask = 0x11, WriteMask = 0x11 });
        Add(new() { Name = "PWRCTRL", Offset = 0x50, Reset = 0x0010_0002, ReadMask = 0x00FF_0013, WriteMask = 0x00FF_0013, Unmodelled = [new("PWROFFONEM1ENTRY", 1), new("PWROFFENTRYAGAIN", 16)] });
        _pageLocks = [.. Enumerable.Range(0, 2).Select(AddPageLock)];
    }

    /// <summary>Ones are set and stay.</summary>
    private Register AddPageLock(int n)
    {
        Register? register = null;
        return register = Add(new() { Name = $"PAGELOCK{n}", Offset = 0x120 + (uint)n * 4, OnWrite = (old, v) => register!.Value = old | v });
    }

    public override void Reset()
    {
        base.Reset();
        _closed = false;
    }

    protected override bool IsLocked(uint address)
    {
        uint page = (address - _flash.Address) / PageSize;
        if (address - _flash.Address < _flash.Size) return _pageLocks[page / 32][(int)(page % 32)];
        return address - _user.Address < _user.Size && (_misc.Value & UserDataLock) != 0;
    }

    private uint Status() => AddressStatus | (IsBusy ? Busy : 0) | (HasRoom ? DataReady : 0) | (_closed ? RegLock : 0) | PowerOn | WriteReady;

    private void Word(uint value)
    {
        if (!_closed && (_writeCtrl.Value & Wren) != 0 && AddressStatus == 0 && TakeWord(value)) Begin(goesOn: true);
    }

    private void Command(uint command)
    {
        if (_closed || (_writeCtrl.Value & Wren) == 0) return;
        if ((command & EraseAbort) != 0) throw new BenchStop("MSC.WRITECMD: ERASEABORT is not modelled");
        if ((command & ClearDataBit) != 0) ClearData();
        if ((command & WriteEnd) != 0) EndSequence();
        if (IsBusy) return;
        if ((command & ErasePageBit) != 0) ErasePage();
        if ((command & EraseMain0) != 0 && (_misc.Value & MassEraseLock) == 0) EraseMain(0, _flash.Size);
    }
}
