using System;
using System.Runtime.CompilerServices;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>
/// What the flash controllers of most STM32 have in common: two keys that open CR, errors in SR that stay until they are cleared, and a bus that lets whoever writes the array wait. So words are
/// written where they shall be, and the access port's WAIT paces the stream.
/// </summary>
abstract class StFlash(ProbeSession session) : FlashController
{
    protected const uint LOCK = 1u << 31, PG = 1, STRT = 1 << 16, BSY = 1 << 16, WRPERR = 1 << 4;

    protected const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;

    private const uint OptionKey1 = 0x0819_2A3B, OptionKey2 = 0x4C5D_6E7F;

    /// <summary>ms: of one unit; of option bytes, whose opening erases all of the flash.</summary>
    protected const uint UnitTimeout = 100, OptionTimeout = 80_000;

    /// <summary>FLASH_ACR: caches on, and their reset while they are off (RM0090 3.9.1, RM0351 3.7.1, RM0431 3.7.1).</summary>
    private const uint CachesOn = 3 << 9;
    private const int ToReset = 2;

    private CortexM _core = null!;
    private uint _mode;                                     // CR as written last
    private uint _erasing;                                  // block
    private uint _last;                                     // last word of the program call before

    protected ProbeSession Session => session;

    protected CortexM Core => _core;

    /// <summary>Address of a register.</summary>
    protected abstract uint KEYR { get; }
    protected abstract uint OPTKEYR { get; }
    protected abstract uint SR { get; }
    protected abstract uint CR { get; }

    /// <summary>FLASH_ACR where the controller has caches of its own, or 0.</summary>
    protected abstract uint ACR { get; }

    /// <summary>Bits of SR that say an operation is under way; bits that say why one failed, cleared by writing 1.</summary>
    protected virtual uint Busy => BSY;
    protected abstract uint Errors { get; }

    /// <summary>Where bits of SR are cleared by writing 1.</summary>
    protected virtual uint CCR => SR;

    /// <summary>SR.EOP, cleared beside the errors; bits of CR: its lock, and the start of an erase.</summary>
    protected virtual uint Finished => 1;
    protected virtual uint LockBit => LOCK;
    protected virtual uint Start => STRT;

    /// <summary>A debugger cannot program while the part is read protected.</summary>
    public abstract bool IsReadProtected(CortexM core);

    public override DebugFault Open(CortexM core)
    {
        _core = core;
        return IsReadProtected(core) ? FaultKind.Locked : Unlock();
    }

    public override DebugFault PollErase(out bool done)
    {
        done = false;
        DebugFault fault = ReadStatus(out uint sr);
        if (fault.Failed) return fault;
        done = (sr & Busy) == 0;
        return done ? Check(sr, _erasing) : fault;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Select(address);
        if (fault.Ok) fault = SetMode(ProgramMode);
        if (fault.Ok) fault = WriteArray(address, data);
        uint sr = 0;
        if (fault.Ok) fault = ReadStatus(out sr);
        if (fault.Ok && (sr & Errors) != 0) fault = Refused(sr, FirstDifference(address, data));
        _last = address + (uint)(data.Length - Unit);
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady(UnitTimeout, out uint sr);
        if (fault.Ok) fault = Check(sr, _last);
        if (fault.Ok && ACR != 0) fault = FlushCaches();
        DebugFault locked = Write(CR, Locks);
        if (locked.Ok) locked = _core.Bus.Flush();
        return fault.Failed ? fault : locked;
    }

    protected virtual uint ProgramMode => PG;

    /// <summary>Bits of CR that lock it.</summary>
    protected virtual uint Locks => LockBit;

    protected virtual DebugFault WriteArray(uint address, ReadOnlySpan<byte> data) => _core.Bus.Write(address, data);

    /// <summary>Waits for what is in progress, and starts an erase.</summary>
    protected DebugFault Erase(uint block, uint mode)
    {
        DebugFault fault = Select(block);
        if (fault.Ok) fault = SetMode(mode);
        if (fault.Ok) fault = Aim(block);
        if (fault.Ok) fault = Write(CR, mode | Start);
        _mode = mode | Start;
        _erasing = block;
        return fault;
    }

    /// <summary>Turns to the registers of an address's bank, where there are two sets.</summary>
    protected virtual DebugFault Select(uint address) => DebugFault.None;

    /// <summary>Tells which block is to be erased where CR does not.</summary>
    protected virtual DebugFault Aim(uint block) => DebugFault.None;

    /// <summary>Opens CR and the option bytes.</summary>
    protected DebugFault UnlockOptions(CortexM core, uint key1 = OptionKey1, uint key2 = OptionKey2)
    {
        _core = core;
        DebugFault fault = Unlock();
        if (fault.Ok) fault = Write(OPTKEYR, key1);
        return fault.Ok ? Write(OPTKEYR, key2) : fault;
    }

    /// <summary>As the other, where OPTCR has a lock, bit 0: somebody may have left it open, and keys would shut it.</summary>
    protected DebugFault OpenOptions(CortexM core, uint optcr)
    {
        DebugFault fault = core.Bus.Write32(optcr, 1);
        return fault.Ok ? UnlockOptions(core) : fault;
    }

    /// <summary>Waits until option bytes are stored, and locks.</summary>
    protected DebugFault FinishOptions(DebugFault begun)
    {
        uint sr = 0;
        DebugFault fault = begun.Ok ? WaitReady(OptionTimeout, out sr) : begun;
        if (fault.Ok) fault = Check(sr, SR);
        DebugFault locked = Write(CR, Locks);
        return fault.Failed ? fault : locked;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]      // some 15 bytes less at each of its calls
    protected DebugFault Read(uint register, out uint value) => _core.Bus.Read32(register, out value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected DebugFault Write(uint register, uint value) => _core.Bus.Write32(register, value);

    protected virtual FaultKind KindOf(uint sr) => (sr & WRPERR) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed;

    protected virtual DebugFault Unlock()
    {
        DebugFault fault = Read(CR, out uint cr);
        if (fault.Ok && (cr & LockBit) != 0)
        {
            fault = Write(KEYR, Key1);
            if (fault.Ok) fault = Write(KEYR, Key2);
            if (fault.Ok) fault = Read(CR, out cr);
            if (fault.Ok && (cr & LockBit) != 0) fault = FaultKind.FlashControllerLocked;
        }
        if (fault.Ok) fault = WaitReady(UnitTimeout, out _);
        if (fault.Ok) fault = Write(CCR, Errors | Finished);
        if (fault.Ok) fault = Write(CR, 0);
        _mode = 0;
        return fault;
    }

    /// <summary>CR does not change while BSY.</summary>
    protected DebugFault SetMode(uint mode)
    {
        if (mode == _mode) return DebugFault.None;
        DebugFault fault = WaitReady(UnitTimeout, out uint sr);
        if (fault.Ok) fault = Check(sr, _last);
        _mode = mode;
        return fault.Ok ? Write(CR, mode) : fault;
    }

    private DebugFault FlushCaches()
    {
        DebugFault fault = Read(ACR, out uint acr);
        uint on = acr & CachesOn;
        if (fault.Failed || on == 0) return fault;
        fault = Write(ACR, acr & ~on);
        if (fault.Ok) fault = Write(ACR, acr & ~on | on << ToReset);
        if (fault.Ok) fault = Write(ACR, acr & ~on);
        return fault.Ok ? Write(ACR, acr) : fault;
    }

    protected DebugFault WaitReady(uint limit, out uint sr)
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = ReadStatus(out sr);
            if (fault.Failed || (sr & Busy) == 0) return fault;
            if (session.Clock.Milliseconds - start > limit) return new DebugFault(FaultKind.FlashTimeout, _last);
            if (limit != UnitTimeout) session.Background.Run();
        }
    }

    protected DebugFault Check(uint sr, uint address) => (sr & Errors) != 0 ? Refused(sr, address) : DebugFault.None;

    /// <summary>What the error bits say; they are cleared.</summary>
    private DebugFault Refused(uint sr, uint address)
    {
        Write(CCR, Errors | Finished);
        return new DebugFault(KindOf(sr), address, sr & Errors);
    }

    /// <summary>Reads back what was just written. The unit before is to blame where all of it is as it should be.</summary>
    private uint FirstDifference(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> chunk = stackalloc byte[32];
        for (int i = 0; i < data.Length; i += chunk.Length)
        {
            int count = Math.Min(chunk.Length, data.Length - i);
            if (_core.Bus.Read(address + (uint)i, chunk[..count]).Failed) return address + (uint)i;
            for (int n = 0; n < count; n++)
                if (chunk[n] != data[i + n]) return address + (uint)(i + n & ~(Unit - 1));
        }
        return _last;
    }

    /// <summary>SR, and CR: a controller that is locked now has been reset and does nothing more.</summary>
    protected DebugFault ReadStatus(out uint sr)
    {
        DebugFault fault = Read(SR, out sr);
        uint cr = 0;
        if (fault.Ok) fault = Read(CR, out cr);
        return fault.Ok && (cr & LockBit) != 0 ? FaultKind.TargetReset : fault;
    }
}
