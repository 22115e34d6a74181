using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Silabs;

/// <summary>
/// Memory system controller of EFM32, EZR32 and EFR32 (EFM32GG and EFR32xG22 reference manuals, "MSC"): an address is loaded, words follow, and the address counts within the page. A sequence goes on by itself
/// while the next word is there in time (WDATAREADY says when it can come, 30 µs later is too late), so that the flash's own pace is kept: 20 µs a word, 26 of series 1. A word that came too late starts the next
/// sequence; series 2 needs no command for that.
/// </summary>
sealed class Msc(ProbeSession session) : PolledFlash(session)
{
    // Offsets: those of LOCK and, in series 2, of the three before WDATA differ.
    private const uint WRITECTRL = 0x08, WRITECMD = 0x0C, ADDRB = 0x10, WDATA = 0x18, STATUS = 0x1C, MASSLOCK = 0x54, MISCLOCKWORD = 0x40;
    private const uint WREN = 1, LADDRIM = 1, ERASEPAGE = 2, WRITETRIG = 16, ERASEMAIN0 = 1 << 8, BUSY = 1, LOCKED = 2, INVADDR = 4, WDATAREADY = 8, PENDING = 32;
    private const uint Key = 0x1B71, MassKey = 0x631A, UserLock = 0x10;

    /// <summary>Of series 2: CMU.CLKEN1_SET; without the MSC's clock the bus says no.</summary>
    private const uint CLKEN1_SET = 0x4000_9068;

    /// <summary>A series 2 without such switches, in the place of its clock's bit.</summary>
    public const uint Unclocked = 1u << 31;

    private uint _base, _lock, _shift;              // of series 2, WRITECTRL to ADDRB are 4 higher
    private bool _isSeries2, _isFirst;              // of the EFM32G, the address does not count up
    private uint _next;                             // address that a sequence goes on with

    public override int Unit => 4;

    /// <summary>One for each half of the flash of parts of 512 KiB and more; old parts have none.</summary>
    public override int MassErases => Efm32Family.MassErases(Core);

    public override DebugFault Open(CortexM core)
    {
        Core = core;
        _next = uint.MaxValue;
        uint kind = core.PartState;
        _isFirst = kind == 3;
        _isSeries2 = kind > 3;
        _shift = _isSeries2 ? 4u : 0;
        _base = _isSeries2 ? 0x4003_0000u : kind == 1 ? 0x400E_0000u : kind == 2 ? 0x4000_0000u : 0x400C_0000u;
        _lock = _base + (kind is 1 or 2 ? 0x40u : 0x3C);
        DebugFault fault = _isSeries2 && kind != Unclocked ? Write(CLKEN1_SET, kind) : DebugFault.None;
        if (fault.Ok) fault = Write(_lock, Key);
        return fault.Ok ? Write(_base + _shift + WRITECTRL, WREN) : fault;
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        DebugFault fault = Load(block);
        return fault.Ok ? Command(ERASEPAGE) : fault;
    }

    public override DebugFault StartMassErase(int index)
    {
        DebugFault fault = _isSeries2 ? Write(_base + MISCLOCKWORD, UserLock) : Write(_base + MASSLOCK, MassKey);
        return fault.Ok ? Command(ERASEMAIN0 << index) : fault;
    }

    public override DebugFault PollReady(out bool ready)
    {
        ready = true;
        if (_next != uint.MaxValue) return DebugFault.None;
        DebugFault fault = Read(_base + STATUS, out uint status);
        ready = fault.Ok && (status & (_isSeries2 ? BUSY | PENDING : BUSY)) == 0;
        return fault;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = DebugFault.None;
        for (; !data.IsEmpty && fault.Ok; data = data[4..])
        {
            if (address != _next) fault = Load(address);
            if (fault.Ok) fault = ProgramUnit(address, data);
            address += 4;
            _next = fault.Failed || _isFirst || (address & region.Block - 1) == 0 ? uint.MaxValue : address;
        }
        return fault;
    }

    /// <summary>Until the controller has taken the word. STATUS stands behind WDATA, where the access port has counted to.</summary>
    protected override DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data)
    {
        Last = address;
        DebugFault fault = Write(_base + WDATA, BinaryPrimitives.ReadUInt32LittleEndian(data));
        for (int polls = 0; fault.Ok; polls++)
        {
            fault = Read(_base + STATUS, out uint status);
            if (fault.Failed || (status & WDATAREADY) != 0) break;
            if (polls == MostPolls) return new DebugFault(FaultKind.FlashTimeout, address);
            if ((status & BUSY) == 0 && !_isSeries2) fault = Command(WRITETRIG);
        }
        return fault;
    }

    /// <summary>Looks at STATUS, some µs each, for what takes less than 100 µs.</summary>
    private const int MostPolls = 200;

    public override DebugFault Close()
    {
        _next = uint.MaxValue;
        DebugFault fault = WaitReady();
        DebugFault locked = Write(_base + _shift + WRITECTRL, 0);
        if (locked.Ok) locked = Write(_lock, 0);
        if (fault.Ok) fault = locked;
        return fault.Ok ? Core.Bus.Flush() : fault;
    }

    private DebugFault Load(uint address)
    {
        _next = uint.MaxValue;
        DebugFault fault = WaitReady();
        Last = address;
        if (fault.Ok) fault = Write(_base + _shift + ADDRB, address);
        if (fault.Ok && !_isSeries2) fault = Command(LADDRIM);
        uint status = 0;
        if (fault.Ok) fault = Read(_base + STATUS, out status);
        if (fault.Failed || (status & (LOCKED | INVADDR)) == 0) return fault;
        return new DebugFault((status & LOCKED) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed, address, status);
    }

    private DebugFault Command(uint command) => Write(_base + _shift + WRITECMD, command);
}
