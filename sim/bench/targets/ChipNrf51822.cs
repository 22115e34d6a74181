using System.Buffers.Binary;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Nrf52;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>nRF51822-QFAA of the third revision, assembled (nRF51 Series Reference Manual 3.0, as far as it was known; no SVD was at hand): 256 KB of flash, 16 KB of RAM, 16 MHz.</summary>
public sealed class ChipNrf51822 : Chip
{
    public const uint FlashKilobytes = 256, Page = 1024, Ficr = 0x1000_0000, Uicr = 0x1000_1000, RomTableAt = 0xF000_0000;
    private const uint RamKilobytes = 16, Block = 0x1000, Clenr0 = 0, Rbpconf = 4;
    private const ulong Hertz = 16_000_000;

    /// <summary>Cortex-M0 r0p0 with Arm's own ROM table, which Nordic's points to.</summary>
    private static CoreFeatures Features { get; } = CoreFeatures.CortexM0Plus with
    {
        CpuId = 0x410C_C200, MpuRegions = 0, InterruptLines = 26, PartRomTable = (0x471, 0x43B, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003]),
    };

    /// <summary>Words of FICR that are not erased flash: page size and count, RAM blocks, CONFIGID (a QFAA of build H0), device id, address, and INFO, which the third revision has.</summary>
    private static readonly (uint Offset, uint Value)[] Factory =
    [
        (0x010, Page), (0x014, FlashKilobytes), (0x034, 2), (0x038, 8192), (0x03C, 8192), (0x05C, 0xFFFF_0072),
        (0x060, 0x6E2B_00A1), (0x064, 0x5A5A_1822), (0x0A0, 0xFFFF_FFFF), (0x0A4, 0x1029_3847), (0x0A8, 0xFFFF_C5D6),
        (0x100, 0x0005_1822), (0x104, 0x4148_3000), (0x108, 0x0000_2000), (0x10C, RamKilobytes), (0x110, FlashKilobytes),
    ];

    private readonly MemoryRegion _uicr;
    private readonly List<Peripheral> _placed = [];
    private readonly PowerNrf51 _power;

    public ChipNrf51822(TimeBase time, Nets nets) : base("nRF51822", CoreKind.CortexM0Plus, Features, time, nets)
    {
        var flash = new MemoryRegion("flash", 0, FlashKilobytes * 1024, MemoryTiming.Flash);
        Bus.Map(flash);
        _uicr = new("UICR", Uicr, Block, MemoryTiming.Flash);
        Bus.Map(_uicr);
        var ficr = AddFixed("FICR", Ficr, Block).Span;
        foreach (var (offset, value) in Factory) BinaryPrimitives.WriteUInt32LittleEndian(ficr[(int)offset..], value);
        AddRam("RAM", 0x2000_0000, RamKilobytes, MemoryTiming.Ahb);

        Nvmc = new(Die, flash, _uicr, NvmcTimes.Nrf51822, Page, hasCache: false, erasesUicr: false);
        _power = new();
        var port = new GpioNrf52(Die);
        var watchdog = new WdtNrf52(Die, () => Core.InDebugState);
        watchdog.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        foreach (Peripheral block in (Peripheral[])[_power, new UarteNrf52(Die, port), watchdog, Nvmc, port])
        {
            _placed.Add(block);
            Bus.Map(MemoryMapNrf52.Blocks.AddressOf(block.Name), Block, new BlockOnBus(block, () => true));
        }
        var table = new RomTable("Nordic's ROM table", 0x001, 0x244, [0xF00F_F003]);
        _placed.Add(table);
        Bus.Map(RomTableAt, Block, new BlockOnBus(table, () => true));
        Time.SetFrequency(Hertz);
    }

    public Nvmc Nvmc { get; }

    public override void StartAt(uint address) => throw new BenchStop("an nRF51 starts at 0, always");

    public override void Reset(ResetCause cause)
    {
        foreach (var block in _placed)
            if (block != _power) block.Reset();
        _power.Reset(cause);
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        if (Word(Clenr0) != uint.MaxValue) throw new BenchStop("UICR.CLENR0: a protected code region 0 is not modelled");
        if ((Word(Rbpconf) & 0xFFFF) != 0xFFFF) throw new BenchStop("UICR.RBPCONF: read-back protection is not modelled");
        Core.Reset();
    }

    /// <summary>A word of the UICR as a programmer left it, for setting up a part.</summary>
    public void SetUicr(uint offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_uicr.Span[(int)offset..], value);

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_uicr.Span[(int)offset..]);
}
