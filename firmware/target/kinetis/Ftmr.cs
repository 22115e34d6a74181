using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Kinetis;

/// <summary>
/// Flash modules FTMRE and FTMRH of the Kinetis KE0x (MKE06P80M48SF0RM 18, MKE02Z64M20SF0RM 18): two long words a command, byte by byte into FCCOB. The core stays halted. It is put on the clock that
/// it has after reset, as the flash's own is made of it, unless the program has locked FCLKDIV: then both are as it wants them.
/// The byte at 0x40E closes the part from the next reset on unless its low bits are 10; it is treated as that of the others (<see cref="Ftfx"/>).
/// </summary>
sealed class Ftmr(ProbeSession session) : PolledFlash(session)
{
    private const uint Base = 0x4002_0000;

    private const byte Ccif = 0x80, Accerr = 0x20, Fpviol = 0x10, MgStat = 3, ClockLocked = 0x40;

    private const byte ProgramFlash = 6, EraseAllBlocks = 8, EraseFlashSector = 0xA;

    private const uint SecurityByte = 0x40E;
    private const byte SecurityMask = 3, Open10 = 2, OpenValue = 0xFE;

    /// <summary>Clock source: C1, C2, S.</summary>
    private const uint C1 = 0x4006_4000, C2 = C1 + 1, S = C1 + 4;
    private const byte InternalReference = 4, Half = 1 << 5, DividerAndLowPower = 0xE8, StateMask = 0x5C, LockedInternal = 0x50;

    private const uint MCM_PLACR = 0xF000_300C, ClearCache = 1 << 10;

    private bool _isE, _fieldErased, _started;

    public override int Unit => 8;

    public override int MassErases => 1;

    private uint Index => Base + (_isE ? 1u : 2);

    /// <summary>FCCOBLO and FCCOBHI, in the FTMRH the other way round.</summary>
    private uint Pair => Base + (_isE ? 8u : 0xA);

    private uint Stat => Base + (_isE ? 5u : 6);

    private uint Divider => Base + (_isE ? 3u : 0);

    public override DebugFault Open(CortexM core)
    {
        Core = core;
        _fieldErased = _started = false;
        _isE = KinetisPart.Of(core).Cache == 'E';
        DebugFault fault = ReadByte(Divider, out byte divider);
        if (fault.Ok && (divider & ClockLocked) == 0) fault = UseResetClock();
        return fault.Ok ? WriteByte(Stat, Accerr | Fpviol) : fault;
    }

    /// <summary>FLL on the internal reference, halved: 16 to 20 MHz in a KE02, 20 to 25 MHz in the others; FCLKDIV makes 0.8 to 1.05 MHz of it.</summary>
    private DebugFault UseResetClock()
    {
        DebugFault fault = ReadByte(C2, out byte c2);
        if (fault.Ok) fault = WriteByte(C2, (byte)(c2 & ~DividerAndLowPower | Half));
        if (fault.Ok) fault = WriteByte(C1, InternalReference);
        // BUSDIV or CLKDIV; the KE04 with 8 KB has it elsewhere.
        if (fault.Ok) fault = Write(!_isE ? 0x4004_8018 : Core.Memories[0].Length == 8 * 1024 ? 0x4004_801C : 0x4004_8024u, 0);
        uint start = Session.Clock.Milliseconds;
        while (fault.Ok)
        {
            fault = ReadByte(S, out byte state);
            if (fault.Ok && (state & StateMask) == LockedInternal) return WriteByte(Divider, _isE ? (byte)0x17 : (byte)0x13);
            if (Session.Clock.Milliseconds - start > Timeout) return new DebugFault(FaultKind.FlashTimeout, S);
        }
        return fault;
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        if (SecurityByte - block < region.Block) _fieldErased = true;
        Last = block;
        return Start(EraseFlashSector, 1, default);
    }

    public override DebugFault StartMassErase(int index)
    {
        _fieldErased = true;
        Last = 0;
        return Start(EraseAllBlocks, 0, default);
    }

    public override DebugFault PollReady(out bool ready)
    {
        // What a command came to is told until the next one begins.
        ready = true;
        if (!_started) return DebugFault.None;
        DebugFault fault = ReadByte(Stat, out byte status);
        ready = fault.Ok && (status & Ccif) != 0;
        _started = !ready;
        if (!ready || (status & (Accerr | Fpviol | MgStat)) == 0) return fault;
        fault = WriteByte(Stat, Accerr | Fpviol);
        if (fault.Failed) return fault;
        return (status & Fpviol) != 0 ? new DebugFault(FaultKind.FlashWriteProtected, Last) : (status & MgStat) != 0 ? new DebugFault(FaultKind.FlashNotErased, Last) : new DebugFault(FaultKind.FlashFailed, Last, status);
    }

    protected override DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> unit = stackalloc byte[8];
        data.CopyTo(unit);
        if (address == (SecurityByte & ~7u))
        {
            ref byte security = ref unit[(int)(SecurityByte & 7)];
            if (security == 0xFF) security = OpenValue;
            else if ((security & SecurityMask) != Open10 && !Core.Unsafe) return new DebugFault(FaultKind.FlashWouldLock, SecurityByte);
            _fieldErased = false;
        }
        return Start(ProgramFlash, 5, unit);
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady();
        if (_fieldErased)
        {
            // Nothing came for the configuration field.
            Last = SecurityByte & ~7u;
            ReadOnlySpan<byte> open = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
            DebugFault opened = ProgramUnit(Last, open);
            if (opened.Ok) opened = WaitReady();
            if (fault.Ok) fault = opened;
        }
        DebugFault cache = Read(MCM_PLACR, out uint value);
        if (cache.Ok) cache = Write(MCM_PLACR, value | ClearCache);
        return fault.Failed ? fault : cache;
    }

    /// <param name="command">FCMD.</param>
    /// <param name="last">Index of the last half-word, which the module checks.</param>
    /// <param name="data">Half-words from 2 on.</param>
    private DebugFault Start(byte command, int last, ReadOnlySpan<byte> data)
    {
        DebugFault fault = DebugFault.None;
        _started = true;
        Span<byte> pair = stackalloc byte[2];
        for (int i = 0; i <= last && fault.Ok; i++)
        {
            byte low = i == 0 ? (byte)(Last >> 16) : i == 1 ? (byte)Last : data[i * 2 - 4], high = i == 0 ? command : i == 1 ? (byte)(Last >> 8) : data[i * 2 - 3];
            (pair[0], pair[1]) = _isE ? (low, high) : (high, low);
            fault = WriteByte(Index, (byte)i);
            if (fault.Ok) fault = Core.Bus.WriteSized(Pair, pair, 1);
        }
        return fault.Ok ? WriteByte(Stat, Ccif) : fault;
    }

    private DebugFault ReadByte(uint register, out byte value)
    {
        Span<byte> data = stackalloc byte[1];
        DebugFault fault = Core.Bus.ReadSized(register, data, 1);
        value = data[0];
        return fault;
    }

    private DebugFault WriteByte(uint register, byte value) => Core.Bus.WriteSized(register, [value], 1);
}
