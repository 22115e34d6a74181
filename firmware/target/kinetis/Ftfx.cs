using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Kinetis;

/// <summary>
/// Flash modules FTFA, FTFL, FTFE and FTFC (KL25 Sub-Family Reference Manual 27, K64 Sub-Family Reference Manual 29): commands in the registers FCCOB, a long word or phrase each; where there is an
/// acceleration RAM, up to a kilobyte at once. The core stays halted: no RAM is lost, and the watchdogs stand.
/// The byte at 0x40C closes the part from the next reset on unless its low bits are 10. Erased, it is written as 0xFE; other values that close are refused until the user says "unsafe".
/// </summary>
sealed class Ftfx(ProbeSession session) : FlashController
{
    /// <summary>FSTAT, FCNFG, FSEC, FOPT in one word; behind it FCCOB3 to 0, 7 to 4, B to 8.</summary>
    private const uint Base = 0x4002_0000, Fccob = Base + 4, AccelerationRam = 0x1400_0000;

    private const uint MGSTAT0 = 1 << 0, FPVIOL = 1 << 4, ACCERR = 1 << 5, RDCOLERR = 1 << 6, CCIF = 1 << 7, Errors = FPVIOL | ACCERR | RDCOLERR, RAMRDY = 1 << 9;

    private const uint ProgramLongWord = 6, ProgramPhrase = 7, EraseSector = 9, ProgramSection = 0xB, EraseAllBlocks = 0x44;

    /// <summary>The security byte, its open value.</summary>
    private const uint SecurityByte = 0x40C, SecurityMask = 3, Open10 = 2, OpenValue = 0xFE;

    /// <summary>ms for one command that programs.</summary>
    private const uint ProgramTimeout = 200;

    private CortexM _core = null!;
    private int _unit;
    private uint _sector;
    private bool _section, _fieldErased, _started;
    private uint _configuration;                            // FCNFG in its place, as it was
    private uint _pending;                                  // address of the command under way

    public override int Unit => _unit;

    public override int MassErases => 1;

    public override DebugFault Open(CortexM core)
    {
        _core = core;
        _fieldErased = _started = false;
        KinetisPart part = KinetisPart.Of(core);
        DebugFault fault = core.Bus.Read32(Base, out uint status);
        if (fault.Failed) return fault;
        if ((status & CCIF) == 0) return new DebugFault(FaultKind.FlashTimeout, Base);
        _section = (status & RAMRDY) != 0;
        _sector = part.Sector;
        _unit = (int)(_section ? _sector >> 8 : part.Unit);
        _configuration = status & 0xFF00;
        return ClearErrors();
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        if (SecurityByte - block < region.Block) _fieldErased = true;
        return Start(EraseSector << 24 | block, default);
    }

    public override DebugFault StartMassErase(int index)
    {
        _fieldErased = true;
        return Start(EraseAllBlocks << 24, default);
    }

    public override DebugFault PollErase(out bool done) => Poll(out done);

    public override DebugFault PollReady(out bool ready) => Poll(out ready);

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        uint at = SecurityByte - address;
        bool mend = at < (uint)data.Length && data[(int)at] == 0xFF;
        if (at < (uint)data.Length && !mend && (data[(int)at] & SecurityMask) != Open10 && !_core.Unsafe) return new DebugFault(FaultKind.FlashWouldLock, SecurityByte);
        DebugFault fault = _section ? ProgramSections(address, data, mend) : ProgramUnits(address, data, mend);
        if (fault.Ok && at < (uint)data.Length) _fieldErased = false;
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = Wait();
        if (fault.Failed) ClearErrors();
        if (_fieldErased)
        {
            DebugFault opened = ProgramField();
            if (fault.Ok) fault = opened;
        }
        DebugFault cache = InvalidateCache();
        return fault.Failed ? fault : cache;
    }

    private DebugFault ProgramUnits(uint address, ReadOnlySpan<byte> data, bool mend)
    {
        Span<byte> unit = stackalloc byte[8];
        for (int i = 0; i < data.Length; i += _unit)
        {
            data.Slice(i, _unit).CopyTo(unit);
            uint here = address + (uint)i;
            if (mend && SecurityByte - here < (uint)_unit) unit[(int)(SecurityByte - here)] = (byte)OpenValue;
            DebugFault fault = Wait();
            if (fault.Ok) fault = Start((_unit == 8 ? ProgramPhrase : ProgramLongWord) << 24 | here, unit[.._unit]);
            if (fault.Failed) return fault;
        }
        return DebugFault.None;
    }

    private DebugFault ProgramSections(uint address, ReadOnlySpan<byte> data, bool mend)
    {
        Span<byte> count = stackalloc byte[4];
        while (!data.IsEmpty)
        {
            // A section does not cross the end of a sector.
            int length = Math.Min(data.Length, (int)(_sector - (address & _sector - 1)));
            DebugFault fault = Wait();
            if (fault.Ok) fault = _core.Bus.Write(AccelerationRam, data[..length]);
            if (fault.Ok && mend && SecurityByte - address < (uint)length) fault = _core.Bus.WriteSized(AccelerationRam + SecurityByte - address, [(byte)OpenValue], 1);
            // FCCOB4 and 5, how many, are the upper half of their word.
            BinaryPrimitives.WriteUInt32LittleEndian(count, (uint)(length / _unit) << 16);
            if (fault.Ok) fault = Start(ProgramSection << 24 | address, count);
            if (fault.Failed) return fault;
            address += (uint)length;
            data = data[length..];
        }
        return DebugFault.None;
    }

    /// <summary>The configuration field was erased and nothing came for it.</summary>
    private DebugFault ProgramField()
    {
        bool phrase = KinetisPart.Of(_core).Unit == 8;
        Span<byte> words = [0xFF, 0xFF, 0xFF, 0xFF, (byte)OpenValue, 0xFF, 0xFF, 0xFF];
        DebugFault fault = phrase ? Start(ProgramPhrase << 24 | SecurityByte - 4, words) : Start(ProgramLongWord << 24 | SecurityByte, words[4..]);
        _fieldErased = false;
        return fault.Ok ? Wait() : fault;
    }

    /// <param name="command">FCMD and the address.</param>
    /// <param name="data">FCCOB7 to 4 and on, as they lie in memory.</param>
    private DebugFault Start(uint command, ReadOnlySpan<byte> data)
    {
        Span<byte> block = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(block, command);
        data.CopyTo(block[4..]);
        _pending = command & 0xFF_FFFF;
        DebugFault fault = _core.Bus.Write(Fccob, block[..(4 + data.Length)]);
        if (fault.Ok) fault = _core.Bus.Write32(Base, _configuration | CCIF);
        _started = fault.Ok;
        return fault;
    }

    /// <summary>What the last command came to: FSTAT keeps telling it.</summary>
    private DebugFault Poll(out bool done)
    {
        done = true;
        if (!_started) return DebugFault.None;
        DebugFault fault = _core.Bus.Read32(Base, out uint status);
        done = fault.Ok && (status & CCIF) != 0;
        _started = !done;
        if (!done || (status & (Errors | MGSTAT0)) == 0) return fault;
        if ((status & FPVIOL) != 0) return new DebugFault(FaultKind.FlashWriteProtected, _pending);
        return (status & Errors) == 0 ? new DebugFault(FaultKind.FlashNotErased, _pending) : new DebugFault(FaultKind.FlashFailed, _pending, status & 0xFF);
    }

    private DebugFault Wait()
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = Poll(out bool done);
            if (fault.Failed || done) return fault;
            if (session.Clock.Milliseconds - start > ProgramTimeout) return new DebugFault(FaultKind.FlashTimeout, _pending);
        }
    }

    private DebugFault ClearErrors() => _core.Bus.Write32(Base, _configuration | Errors);

    /// <summary>MCM_PLACR.CFCC; FMC_PFB0CR.CINV_WAY and S_B_INV (KL25 17.2.3, K64 28.4.2).</summary>
    private DebugFault InvalidateCache()
    {
        uint kind = KinetisPart.Of(_core).Cache;
        if (kind == 0) return DebugFault.None;
        uint register = kind == 'L' ? 0xF000_300C : 0x4001_F004, bits = kind == 'L' ? 1u << 10 : 0x00F8_0000;
        DebugFault fault = _core.Bus.Read32(register, out uint value);
        return fault.Ok ? _core.Bus.Write32(register, value | bits) : fault;
    }
}
