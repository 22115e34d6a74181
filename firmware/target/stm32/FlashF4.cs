using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>
/// The flash controller of STM32F2, F4, F7 and GD32F4 (RM0033 3, RM0090 3, RM0410 3): large sectors of three sizes, a program width that PSIZE chooses and VDD allows. Whether a cell was erased it
/// does not look.
/// </summary>
sealed class FlashF4(ProbeSession session) : StFlash(session)
{
    private const uint Base = 0x4002_3C00, OPTSTRT = 1 << 1, OPTLOCK = 1 << 0;
    private const uint SER = 1 << 1, MER = 1 << 2, MER1 = 1 << 15;

    /// <summary>SNB bit 4: a sector of the second bank.</summary>
    private const uint Bank2Sector = 16;

    public const uint FlashStart = 0x0800_0000, OPTCR = Base + 0x14;
    private const uint OPTCR1 = Base + 0x18, NWRP1 = 0x0FFF_0000;

    /// <summary>Of F4 (GD32F4: DRP): nWRP are sectors closed for reading, which only the opening of the read protection takes back (RM0090 3.6.5). The F7 has IWDG_STOP there.</summary>
    private const uint SPRMOD = 1u << 31;
    private const uint CortexM7 = 0xC27;

    /// <summary>OPTCR.RDP as it leaves the part open, and as it closes it for ever.</summary>
    private const uint Open0 = 0xAA, ForEver = 0xCC;

    /// <summary>mV from which 16 and 32 bits can be programmed at once (RM0090 table "Program/erase parallelism").</summary>
    private const int For16 = 2100, For32 = 2700;

    private uint _width;                                    // PSIZE: bytes as a power of two

    /// <summary>PSIZE that the user has chosen; 3: by the target's voltage.</summary>
    public uint ChosenWidth { get; set; } = 3;

    public override int Unit => 4;

    public override uint EraseTimeout => 10_000;

    public override uint MassEraseTimeout => 80_000;

    protected override uint KEYR => Base + 0x04;
    protected override uint OPTKEYR => Base + 0x08;
    protected override uint SR => Base + 0x0C;
    protected override uint CR => Base + 0x10;
    protected override uint ACR => Base;

    /// <summary>OPERR, WRPERR, PGAERR, PGPERR, PGSERR (ERSERR), RDERR.</summary>
    protected override uint Errors => 0x1F2;

    protected override uint ProgramMode => PG | _width << 8;

    public override bool IsReadProtected(CortexM core) => core.Bus.Read32(OPTCR, out uint optcr).Ok && (optcr >> 8 & 0xFF) != Open0;

    public override DebugFault Open(CortexM core)
    {
        int millivolts = Session.Access.TargetMillivolts;
        _width = ChosenWidth < 3 ? ChosenWidth : millivolts is < 0 or >= For32 ? 2u : millivolts >= For16 ? 1u : 0u;
        return base.Open(core);
    }

    public override DebugFault StartErase(MemoryRegion region, uint block) => Erase(block, SER | SectorOf(Stm32F4Part.Of(Core), Core, block) << 3 | _width << 8);

    public override int MassErases => 1;

    public override DebugFault StartMassErase(int index) => Erase(FlashStart, (Core.PartData != 0 ? MER | MER1 : MER) | _width << 8);

    protected override DebugFault WriteArray(uint address, ReadOnlySpan<byte> data) =>
        _width == 2 ? base.WriteArray(address, data) : Core.Bus.WriteSized(address, data, 1 << (int)_width);

    /// <summary>Sectors are numbered from 0 in a bank: four of a size, one of four times that, then of eight times. Those of GD32's third MB are 12 to 15.</summary>
    public static uint SectorOf(Stm32F4Part part, CortexM core, uint block)
    {
        uint offset = block - FlashStart, bank = core.PartData * 1024, small = part.SmallSector(core) * 1024, sector = 0;
        if (bank != 0 && offset >= 2 * bank) return 12 + (offset - 2 * bank) / (16 * small);
        if (bank != 0 && offset >= bank)
        {
            sector = Bank2Sector;
            offset -= bank;
        }
        return sector + (offset < 4 * small ? offset / small : 4 + offset / (8 * small));
    }

    /// <summary>Stores one of OPTCR, OPTCR1, OPTCR2; OPTSTRT in the first stores all of them (RM0090 3.6.2).</summary>
    public DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        if (!irreversible && address == OPTCR && (value >> 8 & 0xFF) == ForEver) return FaultKind.Irreversible;
        DebugFault fault = UnlockOptions(core);
        uint optcr = value;
        if (fault.Ok && address != OPTCR)
        {
            fault = Write(address, value);
            if (fault.Ok) fault = Read(OPTCR, out optcr);
        }
        return Store(fault, optcr);
    }

    private DebugFault Store(DebugFault fault, uint optcr)
    {
        optcr &= ~(OPTLOCK | OPTSTRT);
        if (fault.Ok) fault = Write(OPTCR, optcr);
        if (fault.Ok) fault = Write(OPTCR, optcr | OPTSTRT);
        fault = FinishOptions(fault);
        DebugFault locked = Write(OPTCR, optcr | OPTLOCK);
        return fault.Failed ? fault : locked;
    }

    /// <summary>Read protection to level 0, all nWRP bits set; the user's other bits and boot addresses stay.</summary>
    public DebugFault Unprotect(CortexM core)
    {
        const uint Rdp = 0xFF00;
        Stm32F4Part part = Stm32F4Part.Of(core);
        DebugFault fault = UnlockOptions(core);
        uint optcr = 0;
        if (fault.Ok) fault = Read(OPTCR, out optcr);
        bool isF7 = part.Cpu == CortexM7;
        if (fault.Ok && !isF7 && part.Options == 2) fault = Write(OPTCR1, NWRP1);
        return Store(fault, optcr & ~(isF7 ? Rdp : Rdp | SPRMOD) | Open0 << 8 | part.Nwrp);
    }
}
