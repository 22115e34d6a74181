using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>
/// The flash controller of STM32F0, F1 and F3 (PM0075; RM0091 3). Half-words are written where they shall be; the controller lets the bus wait while it programs, so the
/// access port's WAIT paces the stream. Parts of more than 512 KiB have a second one, 0x40 higher.
/// </summary>
sealed class Fpec(ProbeSession session) : FlashController
{
    private const uint Base = 0x4002_2000, Bank2 = 0x40;

    /// <summary>First address of the second bank.</summary>
    public const uint Bank2Start = 0x0808_0000;

    private const uint KEYR = 0x04, OPTKEYR = 0x08, SR = 0x0C, CR = 0x10, AR = 0x14, OBR = 0x1C;
    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;
    private const uint BSY = 1 << 0, PGERR = 1 << 2, WRPRTERR = 1 << 4, EOP = 1 << 5, Errors = PGERR | WRPRTERR;
    private const uint PG = 1 << 0, PER = 1 << 1, MER = 1 << 2, OPTPG = 1 << 4, OPTER = 1 << 5, STRT = 1 << 6, LOCK = 1 << 7, OPTWRE = 1 << 9;
    private const uint RDPRT = 1 << 1;

    /// <summary>RCC_CR and its HSION and HSIRDY: programming runs on the internal oscillator (PM0075 2.3).</summary>
    private const uint RCC_CR = 0x4002_1000, HSION = 1 << 0;

    /// <summary>Option bytes: eight half-words of a byte and its complement.</summary>
    public const uint OptionBytes = 0x1FFF_F800, OptionCount = 8;

    /// <summary>ms: one page, and a mass erase of the largest and slowest part.</summary>
    private const uint WordTimeout = 100, MassTimeout = 20_000;

    private CortexM _core = null!;
    private uint _bank;                                     // 0, or Bank2
    private uint _mode;                                     // what CR of _bank holds
    private uint _erasing;                                  // block
    private uint _last;                                     // last half-word of the program call before

    public override int Unit => 2;

    public override DebugFault Open(CortexM core)
    {
        _core = core;
        _bank = 0;
        return IsReadProtected(core) ? FaultKind.Locked : Unlock();
    }

    public bool IsReadProtected(CortexM core) => core.Bus.Read32(Base + OBR, out uint obr).Ok && (obr & RDPRT) != 0;

    public bool HasBank2(CortexM core) => core.Map.TryFindFlash(Bank2Start, out _);

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        DebugFault fault = Select(block, PER);
        if (fault.Ok) fault = Write(AR, block);
        if (fault.Ok) fault = Write(CR, PER | STRT);
        _erasing = block;
        return fault;
    }

    public override DebugFault PollErase(out bool done)
    {
        done = false;
        DebugFault fault = ReadStatus(out uint sr);
        if (fault.Failed) return fault;
        done = (sr & BSY) == 0;
        return done && (sr & Errors) != 0 ? Refused(sr, _erasing) : fault;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Select(address, PG);
        if (fault.Ok) fault = _core.Bus.WriteHalfwords(address, data);
        uint sr = 0;
        if (fault.Ok) fault = ReadStatus(out sr);
        if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, FirstDifference(address, data));
        _last = address + (uint)data.Length - 2;
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady(WordTimeout, out uint sr);
        if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, _last);
        DebugFault locked = Lock();
        return fault.Failed ? fault : locked;
    }

    public override int MassErases => HasBank2(_core) ? 2 : 1;

    public override DebugFault StartMassErase(int index)
    {
        DebugFault fault = Select(index == 0 ? 0x0800_0000 : Bank2Start, MER);
        if (fault.Ok) fault = Write(CR, MER | STRT);
        _erasing = index == 0 ? 0x0800_0000 : Bank2Start;
        return fault;
    }

    /// <summary>Erases the option bytes and writes these values; 0xFFFF is left erased. The value of each is in its low byte.</summary>
    public DebugFault WriteOptions(CortexM core, ReadOnlySpan<ushort> values)
    {
        _core = core;
        _bank = 0;
        DebugFault fault = Unlock();
        if (fault.Ok) fault = Write(OPTKEYR, Key1);
        if (fault.Ok) fault = Write(OPTKEYR, Key2);
        if (fault.Ok) fault = Write(CR, OPTER | OPTWRE);
        if (fault.Ok) fault = Write(CR, OPTER | OPTWRE | STRT);
        uint sr = 0;
        if (fault.Ok) fault = WaitReady(MassTimeout, out sr);                  // opening the protection erases all of the flash
        if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, OptionBytes);
        if (fault.Ok) fault = Write(CR, OPTPG | OPTWRE);
        Span<byte> bytes = stackalloc byte[2];
        for (int i = 0; i < values.Length && fault.Ok; i++)
        {
            if (values[i] == 0xFFFF) continue;
            bytes[0] = (byte)values[i];
            bytes[1] = (byte)~values[i];
            uint address = OptionBytes + (uint)i * 2;
            fault = core.Bus.WriteHalfwords(address, bytes);
            if (fault.Ok) fault = WaitReady(MassTimeout, out sr);
            if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, address);
        }
        DebugFault locked = Lock();
        return fault.Failed ? fault : locked;
    }

    private DebugFault Unlock()
    {
        DebugFault fault = _core.Bus.Read32(RCC_CR, out uint rcc);
        if (fault.Ok && (rcc & HSION) == 0) fault = _core.Bus.Write32(RCC_CR, rcc | HSION);
        for (uint bank = 0; fault.Ok && bank <= (HasBank2(_core) ? Bank2 : 0); bank += Bank2)
        {
            _bank = bank;
            fault = Read(CR, out uint cr);
            if (fault.Ok && (cr & LOCK) != 0)
            {
                fault = Write(KEYR, Key1);
                if (fault.Ok) fault = Write(KEYR, Key2);
                if (fault.Ok) fault = Read(CR, out cr);
                if (fault.Ok && (cr & LOCK) != 0) fault = FaultKind.FlashControllerLocked;
            }
            if (fault.Ok) fault = Write(SR, Errors | EOP);
        }
        _bank = 0;
        _mode = 0;
        return fault;
    }

    private DebugFault Lock()
    {
        DebugFault fault = DebugFault.None;
        for (uint bank = 0; fault.Ok && bank <= (HasBank2(_core) ? Bank2 : 0); bank += Bank2)
        {
            _bank = bank;
            fault = Write(CR, LOCK);
        }
        return fault.Ok ? _core.Bus.Flush() : fault;
    }

    /// <summary>The bank of an address, with CR set. CR does not change while BSY.</summary>
    private DebugFault Select(uint address, uint mode)
    {
        uint bank = address >= Bank2Start ? Bank2 : 0;
        if (bank == _bank && mode == _mode) return DebugFault.None;
        DebugFault fault = WaitReady(WordTimeout, out uint sr);
        if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, _last);
        if (fault.Ok && bank != _bank) fault = Write(CR, 0);
        _bank = bank;
        _mode = mode;
        return fault.Ok ? Write(CR, mode) : fault;
    }

    private DebugFault WaitReady(uint limit, out uint sr)
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = ReadStatus(out sr);
            if (fault.Failed || (sr & BSY) == 0) return fault;
            if (session.Clock.Milliseconds - start > limit) return new DebugFault(FaultKind.FlashTimeout, _last);
            if (limit != WordTimeout) session.Background.Run();
        }
    }

    /// <summary>What the error bits say; they are cleared.</summary>
    private DebugFault Refused(uint sr, uint address)
    {
        Write(SR, Errors | EOP);
        return new DebugFault((sr & WRPRTERR) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashNotErased, address);
    }

    /// <summary>Reads back what was just written. The half-word before is to blame where all of it is as it should be.</summary>
    private uint FirstDifference(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> chunk = stackalloc byte[32];
        for (int i = 0; i < data.Length; i += chunk.Length)
        {
            int count = Math.Min(chunk.Length, data.Length - i);
            if (_core.Bus.Read(address + (uint)i, chunk[..count]).Failed) return address + (uint)i;
            for (int n = 0; n < count; n++)
                if (chunk[n] != data[i + n]) return address + (uint)(i + n & ~1);
        }
        return _last;
    }

    /// <summary>SR, and CR behind it: a controller that is locked now has been reset and does nothing more.</summary>
    private DebugFault ReadStatus(out uint sr)
    {
        Span<byte> both = stackalloc byte[8];
        both.Clear();
        DebugFault fault = _core.Bus.Read(Base + _bank + SR, both);
        sr = BinaryPrimitives.ReadUInt32LittleEndian(both);
        return fault.Ok && (BinaryPrimitives.ReadUInt32LittleEndian(both[4..]) & LOCK) != 0 ? FaultKind.TargetReset : fault;
    }

    private DebugFault Read(uint register, out uint value) => _core.Bus.Read32(Base + _bank + register, out value);

    private DebugFault Write(uint register, uint value) => _core.Bus.Write32(Base + _bank + register, value);
}
