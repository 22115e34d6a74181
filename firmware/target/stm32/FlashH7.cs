using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>The flash controller of STM32H7 (RM0433 4, RM0455 4): two banks with registers of their own, words of 256 or 128 bits that program themselves once they are full.</summary>
sealed class FlashH7(ProbeSession session) : StFlash(session)
{
    public const uint FlashStart = 0x0800_0000, Bank2Start = 0x0810_0000;

    private const uint Base = 0x5200_2000, Bank2 = 0x100;
    private const uint OPTCR = Base + 0x18, OPTSR_CUR = Base + 0x1C, OPTSR_PRG = Base + 0x20, OPTCCR = Base + 0x24, WPSN_PRG = Base + 0x3C;
    private const uint SER = 1 << 2, BER = 1 << 3, PSIZE_64 = 3 << 4;
    private const uint OPTLOCK = 1, OPTSTRT = 2, OPT_BUSY = 1, SECURITY = 1 << 21, OPTCHANGEERR = 1 << 30;
    private const uint Open0 = 0xAA, ForEver = 0xCC;

    private uint _bank;                                     // 0 or Bank2
    private bool _erasesBoth;                               // a mass erase of the second bank goes on beside the first's
    private bool _small;                                    // H7A3, H7B3, H7B0: sectors of 8 KB, no PSIZE, CR's fields two bits lower

    public override int Unit => _small ? 16 : 32;

    protected override uint KEYR => Base + _bank + 0x04;
    protected override uint OPTKEYR => Base + 0x08;
    protected override uint SR => Base + _bank + 0x10;
    protected override uint CR => Base + _bank + 0x0C;
    protected override uint CCR => Base + _bank + 0x14;
    protected override uint ACR => 0;

    /// <summary>BSY, QW.</summary>
    protected override uint Busy => 5;

    /// <summary>WRPERR, PGSERR, STRBERR, INCERR, OPERR, RDPERR, RDSERR. ECC errors are those of whoever has read.</summary>
    protected override uint Errors => 0x01EE_0000;
    protected override uint Finished => 1 << 16;
    protected override uint LockBit => 1;
    protected override uint Start => _small ? 1u << 5 : 1 << 7;
    protected override uint ProgramMode => 1 << 1 | Width;

    private uint Width => _small ? 0 : PSIZE_64;

    private bool HasBank2 => Core.Map.TryFindFlash(Bank2Start, out MemoryRegion region) && region.Start == Bank2Start;

    protected override FaultKind KindOf(uint sr) => (sr & 1 << 17) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed;

    public override bool IsReadProtected(CortexM core) => core.Bus.Read32(OPTSR_CUR, out uint optsr).Ok && (optsr >> 8 & 0xFF) != Open0;

    public override DebugFault StartErase(MemoryRegion region, uint block) => Erase(block, SER | Width | (block - region.Start) / region.Block << (_small ? 6 : 8));

    public override int MassErases => 1;

    /// <summary>Both banks at once.</summary>
    public override DebugFault StartMassErase(int index)
    {
        _erasesBoth = HasBank2;
        DebugFault fault = _erasesBoth ? Write(Base + Bank2 + 0x0C, BER | Width) : DebugFault.None;
        if (fault.Ok && _erasesBoth) fault = Write(Base + Bank2 + 0x0C, BER | Width | Start);
        return fault.Ok ? Erase(FlashStart, BER | Width) : fault;
    }

    public override DebugFault PollErase(out bool done)
    {
        DebugFault fault = base.PollErase(out done);
        if (!done || !_erasesBoth || fault.Failed) return fault;
        _bank = Bank2;
        fault = base.PollErase(out done);
        _bank = 0;
        _erasesBoth = !done;
        return fault;
    }

    protected override DebugFault Select(uint address)
    {
        uint bank = address >= Bank2Start && HasBank2 ? Bank2 : 0;
        if (bank == _bank) return DebugFault.None;
        DebugFault fault = SetMode(0);
        _bank = bank;
        return fault;
    }

    protected override DebugFault Unlock()
    {
        _small = Stm32H7Part.Of(Core).Sector == 8;
        _bank = Bank2;
        DebugFault fault = HasBank2 ? base.Unlock() : DebugFault.None;
        _bank = 0;
        return fault.Ok ? base.Unlock() : fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = Select(FlashStart), closed = base.Close();
        if (fault.Ok) fault = closed;
        return HasBank2 && fault.Ok ? Write(Base + Bank2 + 0x0C, LockBit) : fault;
    }

    /// <summary>One of the registers that OPTSTART programs. Level 2 and SECURITY cannot be taken back.</summary>
    public DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        if (!irreversible && address == OPTSR_PRG && ((value >> 8 & 0xFF) == ForEver || (value & SECURITY) != 0)) return FaultKind.Irreversible;
        DebugFault fault = OpenOptions(core, OPTCR);
        if (fault.Ok) fault = Write(address, value);
        return StoreOptions(fault);
    }

    /// <summary>Read protection to level 0, no write protection.</summary>
    public DebugFault Unprotect(CortexM core)
    {
        DebugFault fault = OpenOptions(core, OPTCR);
        uint optsr = 0;
        if (fault.Ok) fault = Read(OPTSR_CUR, out optsr);
        if (fault.Ok) fault = Write(OPTSR_PRG, optsr & ~0xFF00u | Open0 << 8);
        if (fault.Ok) fault = Write(WPSN_PRG, uint.MaxValue);
        if (fault.Ok) fault = Write(WPSN_PRG + Bank2, uint.MaxValue);
        return StoreOptions(fault);
    }

    private DebugFault StoreOptions(DebugFault fault)
    {
        if (fault.Ok) fault = Write(OPTCCR, OPTCHANGEERR);
        if (fault.Ok) fault = Write(OPTCR, OPTSTRT);
        uint begun = Session.Clock.Milliseconds, optsr = OPT_BUSY;
        while (fault.Ok && (optsr & OPT_BUSY) != 0)
        {
            fault = Read(OPTSR_CUR, out optsr);
            if (fault.Ok && Session.Clock.Milliseconds - begun > OptionTimeout) fault = new DebugFault(FaultKind.FlashTimeout, OPTCR);
            Session.Background.Run();
        }
        if (fault.Ok && (optsr & OPTCHANGEERR) != 0) fault = new DebugFault(FaultKind.FlashFailed, OPTSR_CUR);
        DebugFault locked = Write(OPTCR, OPTLOCK);
        if (locked.Ok) locked = Close();
        return fault.Failed ? fault : locked;
    }
}
