using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Atmel;

/// <summary>
/// NVMCTRL of SAM D, L2x and C (DS40001882, "NVMCTRL") and of SAM D5x/E5x (DS60001507): a page's words go to the page's own addresses, and a command programs them. Writes into the page buffer wait
/// while a page is programmed; a command at that time would be refused.
/// </summary>
sealed class Nvmctrl(ProbeSession session) : PolledFlash(session)
{
    private const uint Base = 0x4100_4000, PARAM = Base + 0x08, Key = 0xA500;

    /// <summary>D2x: CTRLA with the command, CTRLB, INTFLAG, STATUS, and ADDR in half-words.</summary>
    private const uint CTRLA = Base, CTRLB = Base + 0x04, INTFLAG = Base + 0x14, STATUS = Base + 0x18, ADDR = Base + 0x1C, MANW = 1 << 7;

    /// <summary>E5x: CTRLA, CTRLB with the command, INTFLAG beside STATUS, and ADDR in bytes.</summary>
    private const uint INTFLAG_E5 = Base + 0x10, ADDR_E5 = Base + 0x14, WMODE = 3 << 4;

    // PROGE, LOCKE, NVME of STATUS; ADDRE, PROGE, LOCKE, NVME of the E5x's INTFLAG. LOCKE is bit 3 in both.
    private const uint Errors = 0x1C, ErrorsE5 = 0x4E, LOCKE = 1 << 3;

    public const uint UserRow = 0x0080_4000;

    /// <summary>Largest flash of these parts.</summary>
    private const uint MostFlash = 0x10_0000;

    private bool _e5;
    private int _page, _unit;
    private uint _write;                            // command that writes a unit

    public override int Unit => _unit;

    public override DebugFault Open(CortexM core)
    {
        Core = core;
        _e5 = !core.IsBaseline;
        _write = _e5 ? 0x03u : 0x04;
        DebugFault fault = ReadSizes(core.Bus, out uint page, out _);
        _page = _unit = (int)page;
        // Automatic writes would start at the page's last word, and again by the command.
        uint control = _e5 ? Base : CTRLB;
        uint value = 0;
        if (fault.Ok) fault = Read(control, out value);
        if (fault.Ok) fault = Write(control, _e5 ? value & ~WMODE & 0xFFFF : value | MANW);
        if (fault.Ok) fault = ClearErrors();
        return fault.Ok ? Command(_e5 ? 0x15u : 0x44) : fault;          // PBC: clear the page buffer
    }

    /// <summary>Bytes of a page and of the flash, by PARAM. Pages are of 64 to 512 bytes.</summary>
    public static DebugFault ReadSizes(AccessPort bus, out uint page, out uint flash)
    {
        DebugFault fault = bus.Read32(PARAM, out uint param);
        page = 8u << (int)(param >> 16 & 7);
        flash = (param & 0xFFFF) * page;
        return fault.Failed || page is >= 64 and <= FlashQueue.MaxUnit && flash - 1 < MostFlash ? fault : FaultKind.FlashNotSupported;
    }

    public override DebugFault StartErase(MemoryRegion region, uint block) => At(_e5 ? 0x01u : 0x02, block);

    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = Read(_e5 ? INTFLAG_E5 : INTFLAG, out uint flags);
        uint errors = flags & ErrorsE5;
        if (_e5) flags >>= 16;                      // STATUS.READY
        ready = fault.Ok && (flags & 1) != 0;
        if (!ready) return fault;
        if (!_e5)
        {
            fault = Read(STATUS, out errors);
            errors &= Errors;
        }
        if (fault.Failed || errors == 0) return fault;
        ClearErrors();
        return new DebugFault((errors & LOCKE) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed, Last, errors);
    }

    protected override DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Core.Bus.Write(address, data);
        return fault.Ok ? At(_write, address) : fault;
    }

    /// <summary>Replaces a word of the user row, and keeps the others. Only the first page of a D2x's row is used; an E5x's page takes quad words.</summary>
    public DebugFault WriteUserRow(CortexM core, uint offset, uint value)
    {
        Span<byte> row = stackalloc byte[FlashQueue.MaxUnit];
        DebugFault fault = Open(core);
        if (fault.Failed) return fault;
        row = row[.._page];
        fault = core.Bus.Read(UserRow, row);
        BinaryPrimitives.WriteUInt32LittleEndian(row[(int)offset..], value);
        if (fault.Ok) fault = At(_e5 ? 0x00u : 0x05, UserRow);
        _write = _e5 ? 0x04u : 0x06;
        if (_e5) _unit = 16;
        if (fault.Ok) fault = Program(default, UserRow, row);
        return Closed(fault);
    }

    /// <summary>Closes the part to debuggers, from the next reset on, until a chip erase.</summary>
    public DebugFault SetSecurityBit(CortexM core)
    {
        DebugFault fault = Open(core);
        return Closed(fault.Ok ? Command(_e5 ? 0x16u : 0x45) : fault);
    }

    private DebugFault At(uint command, uint address)
    {
        Last = address;
        DebugFault fault = Write(_e5 ? ADDR_E5 : ADDR, _e5 ? address : address >> 1);
        return fault.Ok ? Command(command) : fault;
    }

    private DebugFault Command(uint command) => Write(_e5 ? CTRLB : CTRLA, Key | command);

    private DebugFault ClearErrors() => Write(_e5 ? INTFLAG_E5 : STATUS, _e5 ? ErrorsE5 | 1 : Errors);
}
