using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>A Kinetis K or L, assembled. It runs from the FLL as after reset; clock generator, ports and serial blocks are not modelled.</summary>
public sealed class ChipKinetis : ChipMdm
{
    private const uint Freescale = 0x00E, Arm = 0x43B, Present = 3;
    private const uint SectionRam = 0x1400_0000, SectionRamKilobytes = 4;
    private const uint RunMode = 0x0103_0000;

    private readonly SimKinetis _sim;
    private readonly WdogKinetis? _wdog;
    private readonly KeptBlock _rcm;

    public ChipKinetis(KinetisPart part, TimeBase time, Nets nets) : base(part.Name, part.Kind, new(part.Core, part.Dpidr, part.ApIdr, part.RomBase, part.MdmIdr), part.FlashKilobytes, time, nets)
    {
        Part = part;
        AddRam("SRAM", part.RamStart, part.RamKilobytes, MemoryTiming.Ahb);
        Flash = new Ftfx(Die, Array, part.Flash, part.IsL ? null : AddRam("programming acceleration RAM", SectionRam, SectionRamKilobytes, MemoryTiming.Ahb));
        // As it leaves the factory: empty and open.
        Array.Span[(int)Ftfx.FsecOffset] = 0xFE;
        _sim = new(Time, IsStill, part);
        _sim.Expired += Expire;
        _rcm = new("RCM", ("SRS", 0, ByPowerOn, 0xFFFF, 0), ("RPF", 4, 0, 0x1F07, 0x1F07));
        Bus.Map(part.Blocks.AddressOf("FLASH"), 0x1000, Flash);
        foreach (Peripheral block in (Peripheral[])[_sim, _rcm, new KeptBlock("SMC", ("SMC", 0, RunMode, uint.MaxValue, 0x003F_672A)), .. part.IsL ? LBlocks() : KBlocks()])
        {
            Placed.Add(block);
            Bus.Map(part.Blocks.AddressOf(block.Name), block == _sim ? 0x2000u : 0x1000, new BlockOnBus(block, () => true));
        }
        if (!part.IsL)
        {
            _wdog = new(Time, IsStill);
            _wdog.Expired += Expire;
            Bus.Map(part.Blocks.AddressOf("WDOG"), 0x1000, _wdog);
        }
        part.Blocks.MapRest(Bus, quiet: true);
        if (part.IsL) MapTrace(Bus);
        Time.SetFrequency(part.Hertz);
    }

    public KinetisPart Part { get; }

    public override MdmFlash Flash { get; }

    /// <summary>The modelled blocks, for register checks.</summary>
    public List<Peripheral> Placed { get; } = [];

    protected override void ResetBlocks(uint cause)
    {
        foreach (var block in Placed) block.Reset();
        _wdog?.Reset();
        _rcm.Set(0, cause);
    }

    private static Peripheral[] LBlocks() => [new KeptBlock("MCM", ("PLASC_PLAMC", 8, 0x000D_0007, uint.MaxValue, 0), ("PLACR", 0xC, 0, 0x0001_FE00, 0x0001_FA00), ("CPO", 0x40, 0, 7, 5))];

    /// <summary>FMC: cache control of the flash (K64 Sub-Family Reference Manual 28.4).</summary>
    private static Peripheral[] KBlocks() => [new KeptBlock("FMC", ("PFAPR", 0, 0x00F8_003F, 0x00FF_FFFF, 0x00FF_FFFF), ("PFB01CR", 4, 0x3004_001F, uint.MaxValue, 0x0F0F_00FF), ("PFB23CR", 8, 0x3004_001F, uint.MaxValue, 0xFF))];

    /// <summary>The maker's table with micro trace buffer and comparators, and in it the core's own.</summary>
    internal static void MapTrace(Bus bus)
    {
        bus.Map(0xF000_0000, 0x1000, new BlockOnBus(new TraceBlock("MTB", 0x932, Arm, 0x31), () => true));
        bus.Map(0xF000_1000, 0x1000, new BlockOnBus(new TraceBlock("MTBDWT", 0, Freescale, 4), () => true));
        bus.Map(0xF000_2000, 0x1000, new BlockOnBus(new RomTable("ROM table", 0, Freescale, [0xFFFF_E000 | Present, 0xFFFF_F000 | Present, 0xF00F_D000 | Present]), () => true));
    }
}
