using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>The flash controller of STM32H5 (RM0481 7), as software without TrustZone has it: two banks behind one set of registers, words of 128 bits that program themselves once they are full.</summary>
sealed class FlashH5(ProbeSession session) : StFlash(session)
{
    public const uint FlashStart = 0x0800_0000;

    private const uint Base = 0x4002_2000, OPTSR_CUR = Base + 0x50, Open0 = 0xED;
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

    public override DebugFault StartErase(MemoryRegion region, uint block) => Erase(block, SER | (block - region.Start) / region.Block << 6 | (region.Start == FlashStart ? 0 : BKSEL));

    public override int MassErases => 1;

    public override DebugFault StartMassErase(int index) => Erase(FlashStart, MER);
}
