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

/// <summary>nRF52832-QFAA, assembled (Product Specification v1.4 and Nordic's SVD): 512 KB of flash, 64 KB of RAM, 64 MHz.</summary>
public sealed class ChipNrf52832 : Chip
{
    public const uint FlashKilobytes = 512, Ficr = 0x1000_0000, Uicr = 0x1000_1000, ResetPin = 21;
    private const uint RamKilobytes = 64, CodeRam = 0x0080_0000, PselReset = 0x200, Approtect = 0x208, Block = 0x1000;
    private const ulong Hertz = 64_000_000;
    // The flash has two wait states at 64 MHz, which the instruction cache hides (v1.4, "CPU": CoreMark with and without).
    private const uint WaitStates = 2;

    // JEP106 of Nordic and the part number in the ROM table as debuggers list them.
    private static CoreFeatures Features { get; } = CoreFeatures.CortexM4 with
    {
        InterruptLines = 39, PriorityBits = 3, HasEtm = true,
        PartRomTable = (0x006, 0x244, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003]),
    };

    /// <summary>Words of FICR that are not erased flash; the rest reads all ones.</summary>
    private static readonly (uint Offset, uint Value)[] Factory =
    [
        (0x010, 4096), (0x014, FlashKilobytes * 1024 / 4096),
        (0x060, 0x5A31_0F27), (0x064, 0xC0DE_1234), (0x0A0, 0xFFFF_FFFF), (0x0A4, 0x6B29_3F51), (0x0A8, 0xFFFF_D1E6),
        (0x100, 0x0005_2832), (0x104, 0x4141_4530), (0x108, 0x0000_2000), (0x10C, RamKilobytes), (0x110, FlashKilobytes),
    ];

    private readonly MemoryRegion _uicr;
    private readonly List<Peripheral> _placed = [];
    private readonly PowerNrf52 _power;

    public ChipNrf52832(TimeBase time, Nets nets) : base("nRF52832", CoreKind.CortexM4, Features, time, nets)
    {
        var flash = new MemoryRegion("flash", 0, FlashKilobytes * 1024, MemoryTiming.Flash);
        Bus.Map(flash);
        _uicr = new("UICR", Uicr, Block, MemoryTiming.Flash);
        Bus.Map(_uicr);
        var ficr = AddFixed("FICR", Ficr, Block).Span;
        foreach (var (offset, value) in Factory) BinaryPrimitives.WriteUInt32LittleEndian(ficr[(int)offset..], value);
        Bus.Alias(CodeRam, AddRam("RAM", 0x2000_0000, RamKilobytes, MemoryTiming.Ahb));

        Nvmc = new(Die, flash, _uicr, NvmcTimes.Nrf52832);
        _power = new(Die);
        var port = new GpioNrf52(Die);
        var watchdog = new WdtNrf52(Die, () => Core.InDebugState);
        watchdog.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        foreach (Peripheral block in (Peripheral[])[_power, new UarteNrf52(Die, port), watchdog, Nvmc, port])
        {
            _placed.Add(block);
            Bus.Map(MemoryMapNrf52.Blocks.AddressOf(block.Name), Block, new BlockOnBus(block, () => true));
        }
        MemoryMapNrf52.Blocks.MapRest(Bus);
        Time.SetFrequency(Hertz);
        Core.BusTiming.FlashWaitStates = WaitStates;
        Nvmc.Changed += () => Core.BusTiming.FlashPrefetch = Nvmc.CacheOn;
    }

    public Nvmc Nvmc { get; }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    /// <summary>UICR.APPROTECT as the last reset found it: anything but all ones in its low byte closes the AHB-AP.</summary>
    public bool IsProtected { get; private set; }

    /// <summary>Both PSELRESET words name P0.21: it is a reset pin. On an erased part it is not.</summary>
    public bool HasResetPin { get; private set; }

    public override void StartAt(uint address) => throw new BenchStop("an nRF52832 starts at 0, always");

    public override void Reset(ResetCause cause)
    {
        foreach (var block in _placed)
            if (block != _power) block.Reset();
        _power.Reset(cause);
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        IsProtected = (Word(Approtect) & 0xFF) != 0xFF;
        HasResetPin = Word(PselReset) == ResetPin && Word(PselReset + 4) == ResetPin;
        Core.Reset();
    }

    /// <summary>A word of the UICR as a programmer left it, for setting up a part.</summary>
    public void SetUicr(uint offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_uicr.Span[(int)offset..], value);

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_uicr.Span[(int)offset..]);
}
