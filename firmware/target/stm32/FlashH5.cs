using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>The flash controller of STM32H5 (RM0481 7), as software without TrustZone has it: two banks behind one set of registers, words of 128 bits that program themselves once they are full.</summary>
sealed class FlashH5(ProbeSession session) : StFlash(session)
{
    public const uint FlashStart = 0x0800_0000;

    private const uint Base = 0x4002_2000, OPTCR = Base + 0x1C, OPTSR_CUR = Base + 0x50, OPTSR_PRG = Base + 0x54, OPTSR2_CUR = Base + 0x70, TrustZoneOn = 0xB4, NSBOOTR_PRG = Base + 0x84, WRP1R_PRG = Base + 0xEC, Bank2 = 0x100;
    private const uint OPTLOCK = 1, OPTSTRT = 2;

    /// <summary>OPTSR.PRODUCT_STATE; a later one is left by debug authentication only, if at all (RM0481 7.6). NSBOOTR.NSBOOT_LOCK.</summary>
    private const uint Open0 = 0xED, Provisioning = 0x17, BootLocked = 0xB4;
    private const uint SER = 1 << 2, MER = 1 << 15, BKSEL = 1u << 31;

    public override int Unit => 16;

    protected override uint KEYR => Base + 0x04;
    protected override uint OPTKEYR => Base + 0x0C;
    protected override uint SR => Base + 0x20;
    protected override uint CR => Base + 0x28;
    protected override uint CCR => Base + 0x30;
    protected override uint ACR => 0;
    protected override uint Busy => 1;

    /// <summary>WRPERR, PGSERR, STRBERR, INCERR, OBKERR, OBKWERR, OPTCHANGEERR.</summary>
    protected override uint Errors => 0x00FE_0000;
    protected override uint Finished => 1 << 16;
    protected override uint LockBit => 1;
    protected override uint Start => 1 << 5;
    protected override uint ProgramMode => 1 << 1;

    protected override FaultKind KindOf(uint sr) => (sr & 1 << 17) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed;

    /// <summary>A product state other than open.</summary>
    public override bool IsReadProtected(CortexM core) => core.Bus.Read32(OPTSR_CUR, out uint optsr).Ok && (optsr >> 8 & 0xFF) != Open0;

    /// <summary>OPTSR2.TZEN: the flash is the secure side's.</summary>
    public static bool IsSecure(CortexM core) => core.Bus.Read32(OPTSR2_CUR, out uint optsr2).Ok && optsr2 >> 24 == TrustZoneOn;

    public override DebugFault StartErase(MemoryRegion region, uint block) => Erase(block, SER | (block - region.Start) / region.Block << 6 | (region.Start == FlashStart ? 0 : BKSEL));

    public override int MassErases => 1;

    public override DebugFault StartMassErase(int index) => Erase(FlashStart, MER);

    /// <summary>One of the registers that OPTSTRT stores (RM0481 7.4.5).</summary>
    public DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        bool closes = address == OPTSR_PRG ? (value >> 8 & 0xFF) is not (Open0 or Provisioning) : address == NSBOOTR_PRG && (value & 0xFF) == BootLocked;
        if (closes && !irreversible) return FaultKind.Irreversible;
        DebugFault fault = OpenOptions(core, OPTCR);
        if (fault.Ok) fault = Write(address, value);
        return StoreOptions(fault);
    }

    /// <summary>No write protection. There is no way back from a later product state here.</summary>
    public DebugFault Unprotect(CortexM core)
    {
        if (IsReadProtected(core)) return FaultKind.Locked;
        DebugFault fault = OpenOptions(core, OPTCR);
        if (fault.Ok) fault = Write(WRP1R_PRG, uint.MaxValue);
        if (fault.Ok) fault = Write(WRP1R_PRG + Bank2, uint.MaxValue);
        return StoreOptions(fault);
    }

    private DebugFault StoreOptions(DebugFault fault)
    {
        if (fault.Ok) fault = Write(OPTCR, OPTSTRT);
        fault = FinishOptions(fault);
        DebugFault locked = Write(OPTCR, OPTLOCK);
        return fault.Failed ? fault : locked;
    }
}
