using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>
/// The memory interface of STM32L0 and L1 (RM0376 3, RM0038 3). What is erased reads zero. Flash is programmed by half pages: words in order, of which the last starts it; a page is erased by a write to
/// it. Words of the EEPROM are erased by a write too, and erase themselves when they are programmed.
/// </summary>
sealed class FlashL0(ProbeSession session) : StFlash(session)
{
    public const uint FlashStart = 0x0800_0000, EepromStart = 0x0808_0000, OptionBytes = 0x1FF8_0000;

    private const uint OPTR = 0x1C;
    private const uint PeKey1 = 0x89AB_CDEF, PeKey2 = 0x0203_0405, PrgKey1 = 0x8C9D_AEBF, PrgKey2 = 0x1314_1516, OptKey1 = 0xFBEA_D9C8, OptKey2 = 0x2425_2627;
    private const uint PROG = 1 << 3, DATA = 1 << 4, ERASE = 1 << 9, FPRG = 1 << 10;
    private const uint Open0 = 0xAA, ForEver = 0xCC, WPRMOD = 1 << 8;

    private uint _base;
    private uint _erasing, _eraseEnd;                       // next word, and behind the last
    private bool _eeprom;                                   // what is worked on

    /// <summary>A half page; the EEPROM takes as much at a time.</summary>
    public override int Unit => _base == Stm32L0Part.ControllerL0 ? 64 : 128;

    public override byte Erased => 0;

    /// <summary>PEKEYR; PRGKEYR is behind it.</summary>
    protected override uint KEYR => _base + 0x0C;
    protected override uint OPTKEYR => _base + 0x14;
    protected override uint SR => _base + 0x18;
    protected override uint CR => _base + 0x04;
    protected override uint ACR => 0;
    protected override uint Busy => 1;

    /// <summary>WRPERR, PGAERR, SIZERR, RDERR, NOTZEROERR, FWWERR. OPTVERR stands from reset on where option bytes are odd.</summary>
    protected override uint Errors => 0x3_2700;
    protected override uint Finished => 2;

    /// <summary>PELOCK; with PRGLOCK and OPTLOCK.</summary>
    protected override uint LockBit => 1;
    protected override uint Locks => 7;
    protected override uint ProgramMode => _eeprom ? 0 : PROG | FPRG;

    protected override FaultKind KindOf(uint sr) => (sr & 1 << 8) != 0 ? FaultKind.FlashWriteProtected : (sr & 1 << 16) != 0 ? FaultKind.FlashNotErased : FaultKind.FlashFailed;

    public override bool IsReadProtected(CortexM core) => core.Bus.Read32(Stm32L0Part.Of(core).Controller + OPTR, out uint optr).Ok && (optr & 0xFF) != Open0;

    /// <summary>Zeros of the write protection mean sectors closed for reading, until the read protection is opened (RM0376 3.4.4, RM0038 3.8.4).</summary>
    public bool HasReadClosedSectors(CortexM core) => core.Bus.Read32(Stm32L0Part.Of(core).Controller + OPTR, out uint optr).Ok && (optr & (WPRMOD | 0xFF)) == (WPRMOD | Open0);

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        Select(block);
        _erasing = block;
        _eraseEnd = _eeprom ? block + region.Block : block + 4;
        return SetMode(_eeprom ? DATA | ERASE : PROG | ERASE);
    }

    public override DebugFault PollErase(out bool done)
    {
        done = false;
        DebugFault fault = ReadStatus(out uint sr);
        if (fault.Ok) fault = Check(sr, _erasing);
        if (fault.Failed || (sr & Busy) != 0) return fault;
        // Words of the EEPROM that are zero already would take as long as others.
        for (uint word = 0; _eeprom && _erasing != _eraseEnd && word == 0 && fault.Ok; _erasing += word == 0 ? 4u : 0) fault = Read(_erasing, out word);
        done = _erasing == _eraseEnd;
        if (fault.Failed || done) return fault;
        fault = Write(_erasing, 0);
        _erasing += 4;
        return fault;
    }

    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = Read(SR, out uint sr);
        ready = (sr & Busy) == 0;
        return fault;
    }

    /// <summary>A half-word, with its complement above it. Opening the read protection erases all of the flash.</summary>
    public DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        if (!irreversible && address == OptionBytes && (value & 0xFF) == ForEver) return FaultKind.Irreversible;
        DebugFault fault = UnlockOptions(core, OptKey1, OptKey2);
        if (fault.Ok) fault = Write(address, ~value << 16 | value & 0xFFFF);
        return FinishOptions(fault);
    }

    protected override DebugFault Select(uint address)
    {
        _eeprom = address >= EepromStart;
        return DebugFault.None;
    }

    /// <summary>PECR, then the flash. Somebody may have left one of them open, and keys would shut it: so all are locked first.</summary>
    protected override DebugFault Unlock()
    {
        _base = Stm32L0Part.Of(Core).Controller;
        DebugFault fault = Write(CR, Locks);
        if (fault.Ok) fault = Write(KEYR, PeKey1);
        if (fault.Ok) fault = Write(KEYR, PeKey2);
        if (fault.Ok) fault = Write(KEYR + 4, PrgKey1);
        if (fault.Ok) fault = Write(KEYR + 4, PrgKey2);
        if (fault.Ok) fault = base.Unlock();
        return fault.Kind == FaultKind.BusError ? FaultKind.FlashControllerLocked : fault;
    }
}
