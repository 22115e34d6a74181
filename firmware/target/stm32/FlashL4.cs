using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>
/// The flash controller of STM32L4, L4+, G0, G4, C0, U0, WB and WL (RM0351 3, RM0444 3, RM0440 5, RM0434 3), and with its registers at other places that of L5 and U5 (RM0438 6, RM0456 7): pages of
/// one size in one or two banks, programmed by double words, or four words on U5, each with its ECC and so once only.
/// </summary>
sealed class FlashL4(ProbeSession session) : StFlash(session)
{
    private const uint PER = 1 << 1, MER1 = 1 << 2, BKER = 1 << 11, BKER_G0 = 1 << 13, MER2 = 1 << 15, OPTSTRT = 1 << 17, OPTLOCK = 1 << 30;
    private const uint BSY2 = 1 << 17, WDW = 1 << 17, CFGBSY = 1 << 18;

    /// <summary>Not erased, or half a unit.</summary>
    private const uint PROGERR = 1 << 3;

    public const uint FlashStart = 0x0800_0000;

    /// <summary>What secure software adds to an address: to that of flash, of RAM by as much, of a peripheral; and from there to the registers of the secure side, each behind the other's (RM0438 2.3, 6.9).</summary>
    public const uint SecureFlash = 0x0400_0000, SecureAlias = 0x1000_0000;
    private const uint SecureRegister = SecureAlias + 4;

    /// <summary>SECBB1R1 to the last of bank 2: which pages are secure beside those that SECWM says.</summary>
    private const uint SecureBlocks = 0x80, SecureBlocksEnd = 0xC0;

    /// <summary>OPTR: read protection as it leaves the part open, closes all but the secure side of a part with TZEN, and closes it for ever; WRPxxR.UNLOCK of U5, which cannot be set again.</summary>
    private const uint Open0 = 0xAA, OpenHalf = 0x55, ForEver = 0xCC, TZEN = 1u << 31, UNLOCK = 1u << 31;

    /// <summary>An area of write protection whose end is before its start.</summary>
    private const uint NoArea = 0xFF00_FFFF;

    private uint _base, _keyr, _optkeyr, _sr, _cr;
    private uint _busy, _bank2;                             // CR's bit for the second bank
    private uint _bankSize;                                 // bytes, or 0
    private uint _bank2Start;
    private bool _isL4, _massesBoth, _trusts, _allSecure;
    private uint _optr;
    private uint _side;                                     // 0, or from a register to that of the secure side
    private int _unit;

    public override int Unit => _unit;

    protected override uint KEYR => _keyr + _side;
    protected override uint OPTKEYR => _optkeyr;
    protected override uint SR => _sr + _side;
    protected override uint CR => _cr + _side;

    /// <summary>L5 and U5 have an instruction cache of its own kind, which a reset empties.</summary>
    protected override uint ACR => _isL4 ? _base : 0;

    protected override uint Busy => _busy;

    /// <summary>OPERR, PROGERR, WRPERR, PGAERR, SIZERR, PGSERR, and on L4 MISERR, FASTERR, RDERR, OPTVERR, on others OPTWERR.</summary>
    protected override uint Errors => _isL4 ? 0xC3FAu : 0x20FAu;

    protected override uint Locks => LOCK | OPTLOCK;

    protected override FaultKind KindOf(uint sr) => (sr & PROGERR) != 0 ? FaultKind.FlashNotErased : base.KindOf(sr);

    public override bool IsReadProtected(CortexM core)
    {
        Configure(core);
        uint level = _optr & 0xFF;
        return level != Open0 && (_isL4 || (_optr & TZEN) == 0 || level != OpenHalf);
    }

    /// <summary>TrustZone is on, and its secure side open to debuggers: its flash and RAM are at addresses of their own.</summary>
    public static bool IsSecure(CortexM core, uint optr) => !Stm32L4Part.Of(core).IsL4 && (optr & TZEN) != 0 && (optr & 0xFF) == Open0;

    /// <summary>Address of OPTR.</summary>
    public static uint OptionRegister(CortexM core) => Stm32L4Part.Of(core) is var part && part.IsL4 ? part.Base + 0x20 : part.Base + 0x40;

    private void Configure(CortexM core)
    {
        Stm32L4Part part = Stm32L4Part.Of(core);
        _isL4 = part.IsL4;
        _base = part.Base;
        _keyr = _base + 0x08;
        _optkeyr = _base + (_isL4 ? 0x0Cu : 0x10u);
        _sr = _base + (_isL4 ? 0x10u : 0x20u);
        _cr = _base + (_isL4 ? 0x14u : 0x28u);
        _busy = BSY | (_isL4 ? CFGBSY : WDW) | (part.Banks == 'B' ? BSY2 : 0);
        _bank2 = part.Banks == 'B' ? BKER_G0 : BKER;
        _massesBoth = part.Banks != 0;
        _bankSize = core.PartData * 1024;
        _bank2Start = FlashStart + part.Bank2Offset(core) * 1024;
        _unit = part.IsU5 ? 16 : 8;
        _side = 0;
        if (core.Bus.Read32(OptionRegister(core), out _optr).Failed) _optr = Open0;
        _trusts = IsSecure(core, _optr);
    }

    /// <summary>Both sides.</summary>
    protected override DebugFault Unlock()
    {
        DebugFault fault = base.Unlock();
        if (!_trusts || fault.Failed) return fault;
        _side = SecureRegister;
        return base.Unlock();
    }

    protected override DebugFault Select(uint address)
    {
        uint side = _trusts && address >= FlashStart + SecureFlash ? SecureRegister : 0;
        if (side == _side) return DebugFault.None;
        DebugFault fault = SetMode(0);
        _side = side;
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = base.Close();
        if (!_trusts) return fault;
        if (_allSecure) SetBlocks(0);
        _side ^= SecureRegister;
        DebugFault locked = Write(CR, Locks);
        return fault.Failed ? fault : locked;
    }

    private void SetBlocks(uint value)
    {
        for (uint offset = SecureBlocks; offset < SecureBlocksEnd; offset += 4) Write(_base + SecureAlias + offset, value);
        _allSecure = value != 0;
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        uint at = _trusts ? block & ~SecureFlash : block;
        bool second = _bankSize != 0 && at >= _bank2Start;
        uint page = (at - (second ? _bank2Start : FlashStart)) / region.Block;
        return Erase(block, PER | page << 3 | (second ? _bank2 : 0));
    }

    public override int MassErases => 1;

    /// <summary>The secure side erases what is secure: for as long as it takes, that is everything.</summary>
    public override DebugFault StartMassErase(int index)
    {
        if (_trusts) SetBlocks(uint.MaxValue);
        return Erase(_trusts ? FlashStart + SecureFlash : FlashStart, _massesBoth ? MER1 | MER2 : MER1);
    }

    public DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        Configure(core);
        bool isOptr = address == OptionRegister(core), isWrp = !_isL4 && (address - _base) is 0x58 or 0x5C or 0x68 or 0x6C;
        if (!irreversible && (isOptr && (value & 0xFF) == ForEver || isWrp && _unit == 16 && (value & UNLOCK) == 0)) return FaultKind.Irreversible;
        DebugFault fault = UnlockOptions(core);
        _side = 0;
        if (fault.Ok) fault = Write(_trusts ? address + SecureAlias : address, value);
        if (fault.Ok) fault = Write(_cr, OPTSTRT);
        return FinishOptions(fault);
    }

    /// <summary>Read protection to level 0, no write protection; the user's other bits stay.</summary>
    public DebugFault Unprotect(CortexM core)
    {
        Configure(core);
        DebugFault fault = UnlockOptions(core);
        _side = 0;
        uint wrp = _base + (_isL4 ? 0x2Cu : 0x58u), next = _isL4 ? 0x20u : 0x10u, alias = _trusts ? SecureAlias : 0;
        if (fault.Ok) fault = Write(OptionRegister(core) + alias, _optr & ~0xFFu | Open0);
        for (uint area = 0; area < (_massesBoth ? 4 : 2) && fault.Ok; area++) fault = Write(wrp + alias + (area >> 1) * next + (area & 1) * 4, NoArea);
        if (fault.Ok) fault = Write(_cr, OPTSTRT);
        return FinishOptions(fault);
    }
}
