using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nxp;

/// <summary>
/// Flash of LPCs through IAP, functions of their boot ROM (UM10360 32.8): the probe calls them on the core and fills one buffer while the ROM programs the other. The core is put on its internal
/// oscillator, whose clock IAP is told. Word 7 of the vectors, whose sum the boot ROM checks, is put right; code read protection is refused until the user says "unsafe".
/// </summary>
/// <remarks>RAM from its start: BKPT, command at 0x10, result at 0x30, stack down from 0x160, two buffers at 0x180. IAP keeps the last 32 bytes of RAM for itself.</remarks>
sealed class Iap(ProbeSession session) : FlashController
{
    private const uint Initialise = 49, Prepare = 50, Copy = 51, Erase = 52, ReadPartId = 54, ReadUid = 58;

    private const uint Command = 0x10, Result = 0x30, StackTop = 0x160, Buffers = 0x180, TopOfRam = 32, MostBuffer = 1024;

    /// <summary>ms; several sectors at once are erased in 100.</summary>
    private const uint ShortTimeout = 100, CopyTimeout = 500, EraseTime = 4000;

    /// <summary>Flash begins at a multiple of this, whichever bank.</summary>
    private const uint InBank = 0x00FF_FFFF, EntryPointer = 0x1040_0100;

    private const uint ChecksumVector = 0x1C, ProtectionWord = 0x2FC, Closing1 = 0x1234_5678, Closing2 = 0x8765_4321, Closing3 = 0x4321_8765;

    private readonly TargetCode _code = new(session.Clock);
    private CortexM _core = null!;
    private LpcLayout _layout;
    private uint _small;                                    // sectors of the layout's size
    private uint _entry;
    private uint _bankSize;
    private uint _buffer;                                   // bytes of one
    private uint _slot;                                     // to be filled next
    private bool _running, _waiting;                        // a function; the other buffer behind it
    private uint _limit, _address;                          // of the function that runs
    private uint _nextAddress, _nextLength;
    private uint _eraseLength;

    public override int Unit => _layout.Unit;

    public override int MassErases => LpcFamily.Banks(_core);

    public override DebugFault Open(CortexM core)
    {
        LpcPart part = LpcPart.Of(core);
        (_core, _layout, _bankSize) = (core, LpcLayout.Of(part.Series), LpcFamily.BankSize(core));
        _small = part.SmallSectors;
        uint room = (part.Ram * 1024 - Buffers - TopOfRam) / 2;
        _buffer = MostBuffer;
        while (_buffer > room) _buffer /= 2;
        (_slot, _running, _waiting) = (0, false, false);
        DebugFault fault = UseInternalOscillator();
        if (fault.Ok) fault = Begin();
        return fault.Ok && _layout.Entry == 0 ? Call(Initialise, 0, 0, 0, 0, 0) : fault;
    }

    private DebugFault Begin()
    {
        DebugFault fault = DebugFault.None;
        _entry = _layout.Entry;
        // UM10503 47.8: the ROM's table of drivers begins with it.
        if (_entry == 0) fault = _core.Bus.Read32(EntryPointer, out _entry);
        return fault.Ok ? _code.Begin(_core, _layout.Ram, _layout.Ram + StackTop) : fault;
    }

    /// <summary>The part's id and the word behind it, as IAP tells them.</summary>
    public DebugFault ReadId(CortexM core, uint series, Span<uint> id) => Ask(core, series, ReadPartId, id);

    /// <summary>Four words, the lowest first.</summary>
    public DebugFault ReadUniqueId(CortexM core, Span<uint> id)
    {
        DebugFault fault = core.RequireHalt();
        return fault.Ok ? Ask(core, LpcPart.Of(core).Series, ReadUid, id) : fault;
    }

    /// <summary>What a command without arguments answers; the RAM for that is put back.</summary>
    private DebugFault Ask(CortexM core, uint series, uint command, Span<uint> answer)
    {
        (_core, _layout) = (core, LpcLayout.Of(series));
        Span<byte> kept = stackalloc byte[(int)StackTop];
        DebugFault fault = core.Bus.Read(_layout.Ram, kept);
        if (fault.Failed) return fault;
        fault = Begin();
        if (fault.Ok) fault = Call(command, 0, 0, 0, 0, 0);
        for (int i = 0; i < answer.Length && fault.Ok; i++) fault = core.Bus.Read32(_layout.Ram + Result + 4 + (uint)i * 4, out answer[i]);
        DebugFault ended = _code.End();
        DebugFault restored = core.Bus.Write(_layout.Ram, kept);
        return fault.Failed ? fault : ended.Failed ? ended : restored;
    }

    /// <summary>One erase takes as long for one sector as for all.</summary>
    public override uint EraseLength(MemoryRegion region, uint block, uint wanted)
    {
        uint length = (wanted + region.Block - 1) / region.Block * region.Block;
        return _eraseLength = Math.Min(length, region.End - block);
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        uint first = SectorOf(block), last = SectorOf(block + _eraseLength - 1);
        DebugFault fault = WaitAll();
        if (fault.Ok) fault = Call(Prepare, first, last, Bank(block), 0, block);
        return fault.Ok ? Start(Erase, first, last, _layout.Kilohertz, Bank(block), block, EraseTime) : fault;
    }

    public override DebugFault StartMassErase(int index)
    {
        _eraseLength = _bankSize;
        return StartErase(default, LpcFamily.BankAddress(_core, index));
    }

    public override DebugFault PollErase(out bool done) => Poll(out done);

    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = Poll(out _);
        ready = !_waiting;
        return fault;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Refusal(address, data);
        while (fault.Ok && !data.IsEmpty)
        {
            // Counts are powers of two.
            uint count = _buffer;
            while (count > (uint)data.Length) count /= 2;
            while (fault.Ok && _waiting) fault = Poll(out _);
            uint buffer = _layout.Ram + Buffers + _slot * _buffer;
            if (fault.Ok) fault = _core.Bus.Write(buffer, data[..(int)count]);
            if (fault.Ok && (address & InBank) == 0) fault = _core.Bus.Write32(buffer + ChecksumVector, Checksum(data));
            (_nextAddress, _nextLength, _waiting) = (address, count, true);
            if (fault.Ok) fault = Poll(out _);
            address += count;
            data = data[(int)count..];
        }
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitAll();
        DebugFault ended = _code.End();
        return fault.Failed ? fault : ended;
    }

    /// <summary>Of an LPC43xx; the others do not look at the argument.</summary>
    private static uint Bank(uint address) => address >> 24 == 0x1B ? 1u : 0;

    private uint SectorOf(uint address)
    {
        uint sector = (address & InBank) / _layout.Sector;
        return sector < _small ? sector : _small + (sector - _small) / 8;
    }

    private DebugFault Refusal(uint address, ReadOnlySpan<byte> data)
    {
        uint at = ProtectionWord - (address & InBank);
        if (at >= (uint)data.Length || _core.Unsafe) return DebugFault.None;
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(data[(int)at..]);
        return word is Closing1 or Closing2 or Closing3 ? new DebugFault(FaultKind.FlashWouldLock, address + at) : DebugFault.None;
    }

    /// <summary>The sum of the first eight vectors is 0 in a program that the boot ROM starts (UM10360 32.3.1.1).</summary>
    private static uint Checksum(ReadOnlySpan<byte> vectors)
    {
        uint sum = 0;
        for (int i = 0; i < (int)ChecksumVector; i += 4) sum -= BinaryPrimitives.ReadUInt32LittleEndian(vectors[i..]);
        return sum;
    }

    /// <summary>Looks at the function that runs; the buffer that waits behind it is next.</summary>
    private DebugFault Poll(out bool done)
    {
        done = true;
        DebugFault fault = DebugFault.None;
        if (_running)
        {
            fault = _code.Poll(_limit, out done, out _);
            if (fault.Ok && !done) return fault;
            _running = false;
            if (fault.Ok) fault = ReadStatus(_address);
        }
        if (fault.Failed) _waiting = false;
        if (fault.Failed || !_waiting) return fault;
        _waiting = false;
        uint first = SectorOf(_nextAddress), buffer = _layout.Ram + Buffers + _slot * _buffer;
        fault = Call(Prepare, first, SectorOf(_nextAddress + _nextLength - 1), Bank(_nextAddress), 0, _nextAddress);
        if (fault.Ok) fault = Start(Copy, _nextAddress, buffer, _nextLength, _layout.Kilohertz, _nextAddress, CopyTimeout);
        _slot ^= 1;
        done = false;
        return fault;
    }

    private DebugFault WaitAll()
    {
        DebugFault fault = DebugFault.None;
        while (fault.Ok && (_running || _waiting)) fault = Poll(out _);
        return fault;
    }

    /// <summary>A function that is short, to its end.</summary>
    private DebugFault Call(uint command, uint p0, uint p1, uint p2, uint p3, uint address)
    {
        DebugFault fault = Start(command, p0, p1, p2, p3, address, ShortTimeout);
        for (bool done = false; fault.Ok && !done;) fault = _code.Poll(ShortTimeout, out done, out _);
        _running = false;
        return fault.Ok ? ReadStatus(address) : fault;
    }

    private DebugFault Start(uint command, uint p0, uint p1, uint p2, uint p3, uint address, uint limit)
    {
        Span<byte> words = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(words, command);
        BinaryPrimitives.WriteUInt32LittleEndian(words[4..], p0);
        BinaryPrimitives.WriteUInt32LittleEndian(words[8..], p1);
        BinaryPrimitives.WriteUInt32LittleEndian(words[12..], p2);
        BinaryPrimitives.WriteUInt32LittleEndian(words[16..], p3);
        DebugFault fault = _core.Bus.Write(_layout.Ram + Command, words);
        if (fault.Ok) fault = _code.Start(_entry, _layout.Ram + Command, _layout.Ram + Result);
        (_running, _address, _limit) = (fault.Ok, address, limit);
        return fault;
    }

    private DebugFault ReadStatus(uint address)
    {
        DebugFault fault = _core.Bus.Read32(_layout.Ram + Result, out uint status);
        return fault.Failed || status == 0 ? fault : new DebugFault(FaultKind.FlashFailed, address, status);
    }

    /// <summary>IRCOUT_PD and IRC_PD of PDRUNCFG, which a program on a crystal may have set (UM10462 and UM10736, "Power configuration register"). The others' runs always.</summary>
    private DebugFault PowerOscillator()
    {
        bool is15 = _layout.Remap == 0x4007_4000;
        if (!is15 && _layout.Remap != 0x4004_8000) return DebugFault.None;
        uint register = _layout.Remap + (is15 ? 0x208u : 0x238);
        DebugFault fault = _core.Bus.Read32(register, out uint off);
        return fault.Ok ? _core.Bus.Write32(register, off & ~(is15 ? 0x18u : 3)) : fault;
    }

    /// <summary>A program may have left a PLL; IAP's times come from the clock it is told.</summary>
    private DebugFault UseInternalOscillator()
    {
        ReadOnlySpan<uint> writes = _layout.Remap switch
        {
            // BASE_M4_CLK (UM10503 13.6.6).
            0 => [0x4005_006C, 0x0100_0800],
            // CCLKSEL: sysclk, divided by 1; CLKSRCSEL (UM10562 3.3.22).
            0x400F_C040 when _layout.Kilohertz == 12_000 => [0x400F_C104, 1, 0x400F_C10C, 0],
            // PLL0CON with its feed: disconnect, then off; CLKSRCSEL, CCLKCFG (UM10360 4.5.13).
            0x400F_C040 => [0x400F_C080, 1, 0x400F_C08C, 0xAA, 0x400F_C08C, 0x55, 0x400F_C080, 0, 0x400F_C08C, 0xAA, 0x400F_C08C, 0x55, 0x400F_C10C, 0, 0x400F_C104, 0],
            // MAINCLKSEL, MAINCLKUEN, SYSAHBCLKDIV (UM10462 3.5.11).
            0x4004_8000 => [0x4004_8070, 0, 0x4004_8074, 0, 0x4004_8074, 1, 0x4004_8078, 1],
            // MAINCLKSELA, MAINCLKSELB, SYSAHBCLKDIV (UM10736 3.6.21).
            _ => [0x4007_4080, 0, 0x4007_4084, 0, 0x4007_40C0, 1],
        };
        DebugFault fault = PowerOscillator();
        for (int i = 0; i < writes.Length && fault.Ok; i += 2) fault = _core.Bus.Write32(writes[i], writes[i + 1]);
        return fault;
    }
}
