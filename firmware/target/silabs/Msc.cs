using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Silabs;

/// <summary>
/// Memory system controller of EFM32, EZR32 and EFR32 series 0 and 1 (EFM32GG reference manual, "MSC"): an address is loaded, words follow one by one and the address counts within the page.
/// A word takes 20 µs, about what the wire takes for its three accesses.
/// </summary>
sealed class Msc(ProbeSession session) : PolledFlash(session)
{
    private const uint WRITECTRL = 0x08, WRITECMD = 0x0C, ADDRB = 0x10, WDATA = 0x18, STATUS = 0x1C, MASSLOCK = 0x54;
    private const uint WREN = 1, LADDRIM = 1, ERASEPAGE = 2, WRITEONCE = 8, ERASEMAIN0 = 1 << 8, BUSY = 1, LOCKED = 2, INVADDR = 4;
    private const uint Key = 0x1B71, MassKey = 0x631A;

    private uint _base, _lock;
    private uint _next;                             // address that the controller counts to by itself

    public override int Unit => 4;

    /// <summary>One for each half of the flash of parts of more than 512 KiB; old parts have none.</summary>
    public override int MassErases => Efm32Family.MassErases(Core);

    public override DebugFault Open(CortexM core)
    {
        Core = core;
        _next = uint.MaxValue;
        _base = Efm32Family.BaseOf(core, out _lock);
        DebugFault fault = Write(_base + _lock, Key);
        return fault.Ok ? Write(_base + WRITECTRL, WREN) : fault;
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        DebugFault fault = Load(block);
        return fault.Ok ? Write(_base + WRITECMD, ERASEPAGE) : fault;
    }

    public override DebugFault StartMassErase(int index)
    {
        DebugFault fault = Write(_base + MASSLOCK, MassKey);
        return fault.Ok ? Write(_base + WRITECMD, ERASEMAIN0 << index) : fault;
    }

    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = Read(_base + STATUS, out uint status);
        ready = fault.Ok && (status & BUSY) == 0;
        return fault;
    }

    protected override DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = address == _next ? DebugFault.None : Load(address);
        // It counts within the page, and pages are multiples of the smallest.
        _next = (address + 4) % 512 == 0 ? uint.MaxValue : address + 4;
        if (fault.Ok) fault = Write(_base + WDATA, BinaryPrimitives.ReadUInt32LittleEndian(data));
        return fault.Ok ? Write(_base + WRITECMD, WRITEONCE) : fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady();
        DebugFault locked = Write(_base + WRITECTRL, 0);
        if (locked.Ok) locked = Write(_base + _lock, 0);
        if (fault.Ok) fault = locked;
        return fault.Ok ? Core.Bus.Flush() : fault;
    }

    private DebugFault Load(uint address)
    {
        Last = address;
        _next = uint.MaxValue;
        DebugFault fault = Write(_base + ADDRB, address);
        if (fault.Ok) fault = Write(_base + WRITECMD, LADDRIM);
        uint status = 0;
        if (fault.Ok) fault = Read(_base + STATUS, out status);
        if (fault.Failed || (status & (LOCKED | INVADDR)) == 0) return fault;
        return new DebugFault((status & LOCKED) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed, address, status);
    }
}
