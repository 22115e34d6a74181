using System.Buffers.Binary;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Nrf52;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// The application core of an nRF5340-QKAA, whose network core stays off, or an nRF9160-SICA (Product Specifications): 1 MB of flash in pages of 4 KB, 512 or 256 KB of RAM, 64 MHz, all secure as a reset leaves it. The
/// core executes what a Cortex-M4 does and says it is a Cortex-M33. Flash controller, access port protection, FICR and UICR; touching anything else is a bus error.
/// </summary>
public sealed class ChipNrf53 : PlainChip
{
    public const string Nrf5340 = "nrf5340", Nrf9160 = "nrf9160";
    private const uint FlashKilobytes = 1024, Page = 4096, Ficr = 0x00FF_0000, Uicr = 0x00FF_8000, Block = 0x1000;

    private readonly MemoryRegion _uicr;
    private readonly uint _secureProtect;

    private static CoreFeatures Features(ushort part, int interrupts) => CoreFeatures.CortexM4 with
    {
        CpuId = 0x410F_D214, InterruptLines = interrupts, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0, DwtComparators = 0, HasTpiu = false, HasCti = true,
        PartRomTable = (part, 0x244, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003]),
    };

    public ChipNrf53(bool is91, TimeBase time, Nets nets) : base(is91 ? "nRF9160" : "nRF5340", CoreKind.CortexM4, is91 ? Features(0x090, 65) : Features(0x007, 69), 64_000_000, time, nets)
    {
        uint ram = is91 ? 256u : 512;
        _secureProtect = is91 ? 0x2Cu : 0x1C;
        var flash = new MemoryRegion("flash", 0, FlashKilobytes * 1024, MemoryTiming.Flash);
        _uicr = new("UICR", Uicr, Block, MemoryTiming.Flash);
        Bus.Map(flash);
        Bus.Map(_uicr);
        var ficr = AddFixed("FICR", Ficr, Block).Span;
        // INFO: DEVICEID, PART, VARIANT (four letters, the first in the highest byte), PACKAGE, RAM and FLASH in KB, page size and number.
        uint[] info = [0x9C31_0A77, 0x1F2E_3D4C, is91 ? 0x9160u : 0x5340, is91 ? 0x4141_4230u : 0x514B_4141, 0x2000, ram, FlashKilobytes, Page, FlashKilobytes * 1024 / Page];
        for (int i = 0; i < info.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(ficr[(0x204 + i * 4)..], info[i]);
        AddRam("RAM", 0x2000_0000, ram, MemoryTiming.Ahb);
        Nvmc = new(Die, flash, _uicr, NvmcTimes.Nrf5340, Page, erasesByWriting: true);
        Place(0x5003_9000, Block, Nvmc);
        Protection = new(hasKeys: !is91);
        Bus.Map(0x5000_6000, Block, new BlockOnBus(Protection, () => true));
        Core.BusTiming.FlashWaitStates = 2;
        Nvmc.Changed += () => Core.BusTiming.FlashPrefetch = Nvmc.CacheOn;
    }

    public Nvmc Nvmc { get; }

    public ApProtect Protection { get; }

    public override bool IsOpen => Protection.IsOpen;

    /// <summary>The reset under way was asked for through the CTRL-AP.</summary>
    public bool IsSoftReset { get; set; }

    protected override void ResetBlocks(ResetCause cause)
    {
        Nvmc.IsEraseProtected = Word(_secureProtect + 4) != uint.MaxValue;
        Protection.Reset(cause is ResetCause.PowerOn or ResetCause.IndependentWatchdog || cause == ResetCause.Pin && !IsSoftReset, Word(0), Word(_secureProtect));
    }

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_uicr.Span[(int)offset..]);
}
