using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>A Kinetis KE02 or KE06, assembled: core, memories, flash module, SIM, clock source and watchdog.</summary>
public sealed class ChipKe : ChipMdm
{
    private const uint CauseMask = 0xFFFF;

    private readonly KePart _part;
    private readonly KeptBlock _sim, _mcm = new("MCM", ("PLASC_PLAMC", 8, 0x000D_0007, uint.MaxValue, 0), ("PLACR", 0xC, 0, 0x0001_FE00, 0x0001_FA00));
    private readonly IcsKe _ics;
    private readonly WdogKe _wdog;

    public ChipKe(KePart part, TimeBase time, Nets nets)
        : base(part.Name, CoreKind.CortexM0Plus, new(CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C601, MpuRegions = 0, FpbCodeComparators = 2 }, 0x0BC1_1477, 0x0477_0031, 0xF000_2003, 0x001C_0020, ErasesAfterReset: true), part.FlashKilobytes, time, nets)
    {
        _part = part;
        AddRam("SRAM", part.RamStart, part.RamKilobytes, MemoryTiming.Ahb);
        _sim = new("SIM", [("SRSID", 0, part.Srsid, uint.MaxValue, 0), ("SOPT", 4, 0, uint.MaxValue, uint.MaxValue), (part.UidWords == 2 ? "BUSDIV" : "CLKDIV", part.Divider, 0, 0x3110_0001, 0x3110_0001),
            .. Enumerable.Range(0, part.UidWords).Select(i => ($"UUID{i}", part.Uid + (uint)i * 4, unchecked(0x5A31_4E45u * (uint)(i + 1)), uint.MaxValue, 0u))]) { Changed = ApplyClock };
        _ics = new(part.Fll, ApplyClock);
        Flash = new Ftmr(Die, Array, part.Flash, () => BusHertz);
        // As it leaves the factory: empty and open.
        Array.Span[(int)Ftmr.SecurityOffset] = 0xFE;
        _wdog = new(Time, IsStill);
        _wdog.Expired += Expire;
        Bus.Map(part.Blocks.AddressOf("FLASH"), 0x1000, Flash);
        Bus.Map(part.Blocks.AddressOf("ICS"), 0x1000, _ics);
        Bus.Map(part.Blocks.AddressOf("WDOG"), 0x1000, _wdog);
        foreach (KeptBlock block in (KeptBlock[])[_sim, _mcm]) Bus.Map(part.Blocks.AddressOf(block.Name), 0x1000, new BlockOnBus(block, () => true));
        part.Blocks.MapRest(Bus, quiet: true);
        ChipKinetis.MapTrace(Bus);
        _ics.Reset();
        ApplyClock();
    }

    public override MdmFlash Flash { get; }

    protected override void ResetBlocks(uint cause)
    {
        _sim.Reset();
        _mcm.Reset();
        _ics.Reset();
        _wdog.Reset();
        ApplyClock();
        if (cause != ByPowerOn) _sim.Set(0, _part.Srsid & ~CauseMask | cause);
    }

    private uint Dividers => _sim.Registers.First(r => r.Offset == _part.Divider).Value;

    private ulong BusHertz => Time.Hertz >> (int)(Dividers >> _part.DividerBit & 1);

    private void ApplyClock()
    {
        if (_part.DividerBit != 0 && Dividers >> 28 != 0) throw new BenchStop("SIM.CLKDIV: a divided core clock is not modelled");
        if (_ics.Hertz != Time.Hertz) Time.SetFrequency(_ics.Hertz);
    }
}
