using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// An S32K1 or a KE1xF, assembled (S32K1xx reference manual, KE1xF Sub-Family Reference Manual): the Kinetis K's flash module and MDM-AP, a SIM without the Kinetis' first page. FlexNVM, EEPROM and the
/// KE1xF's boot ROM are not modelled. It runs from its 48 MHz oscillator as after reset.
/// </summary>
public sealed class ChipS32K : ChipMdm
{
    private const uint RamStart = 0x1FFF_8000, FlexRam = 0x1400_0000, FlexRamKilobytes = 4;
    private const ulong Hertz = 48_000_000;

    private static MemoryMap Map => new("""
        40001000 1000 MSCM; 40008000 2000 DMA; 4000D000 1000 MPU; 40018000 1000 ERM; 40019000 1000 EIM; 40020000 1000 FLASH; 40021000 1000 DMAMUX; 40024000 1000 CAN0; 40025000 1000 CAN1
        40026000 1000 FTM3; 40027000 1000 ADC1; 4002B000 1000 CAN2; 4002C000 1000 LPSPI0; 4002D000 1000 LPSPI1; 4002E000 1000 LPSPI2; 40031000 1000 PDB1; 40032000 1000 CRC; 40036000 1000 PDB0
        40037000 1000 LPIT; 40038000 1000 FTM0; 40039000 1000 FTM1; 4003A000 1000 FTM2; 4003B000 1000 ADC0; 4003D000 1000 RTC; 40040000 1000 LPTMR0; 40048000 1000 SIM; 40049000 1000 PORTA
        4004A000 1000 PORTB; 4004B000 1000 PORTC; 4004C000 1000 PORTD; 4004D000 1000 PORTE; 40052000 1000 WDOG; 4005A000 1000 FLEXIO; 40061000 1000 EWM; 40064000 1000 SCG; 40065000 1000 PCC
        40066000 1000 LPI2C0; 4006A000 1000 LPUART0; 4006B000 1000 LPUART1; 4006C000 1000 LPUART2; 40073000 1000 CMP0; 4007D000 1000 PMC; 4007E000 1000 SMC; 4007F000 1000 RCM; 400FF000 1000 GPIO
        """);

    private readonly KeptBlock _rcm = new("RCM", ("SRS", 8, ByPowerOn, 0xFFFF, 0), ("MR", 0x10, 0, 6, 6)), _mscm = new("MSCM", ("OCMDR0", 0x400, 0xCB08_9000, uint.MaxValue, 0x30), ("OCMDR1", 0x404, 0xCB08_B000, uint.MaxValue, 0x30));
    private readonly KeptBlock _sim, _smc = new("SMC", ("VERID", 0, 0x0100_0000, uint.MaxValue, 0), ("PMPROT", 8, 0, 0xA0, 0), ("PMCTRL", 0xC, 0, 0x6B, 0), ("PMSTAT", 0x14, 1, 0xFF, 0));
    private readonly WdogS32 _wdog;

    public ChipS32K(S32Part part, TimeBase time, Nets nets)
        : base(part.Name, CoreKind.CortexM4, new(CoreFeatures.CortexM4 with { InterruptLines = 123, MpuRegions = 0 }, 0x2BA0_1477, 0x2477_0011, 0xE00F_F003, 0x001C_0000), part.FlashKilobytes, time, nets)
    {
        _sim = new("SIM", ("CHIPCTL", 4, 0x0030_0000, uint.MaxValue, 0), ("SDID", 0x24, part.Sdid, uint.MaxValue, 0), ("FCFG1", 0x4C, part.Fcfg1, uint.MaxValue, 0), ("FCFG2", 0x50, part.Fcfg2, uint.MaxValue, 0),
            ("UIDH", 0x54, 0x0032_0011, uint.MaxValue, 0), ("UIDMH", 0x58, 0x5A31_4E45, uint.MaxValue, 0), ("UIDML", 0x5C, 0x1027_0042, uint.MaxValue, 0), ("UIDL", 0x60, 0x4711_0815, uint.MaxValue, 0));
        AddRam("SRAM", RamStart, part.RamKilobytes, MemoryTiming.Ahb);
        Flash = new Ftfx(Die, Array, part.Flash, AddRam("FlexRAM", FlexRam, FlexRamKilobytes, MemoryTiming.Ahb));
        // As it leaves the factory: empty and open.
        Array.Span[(int)Ftfx.FsecOffset] = 0xFE;
        _wdog = new(Time, IsStill);
        _wdog.Expired += Expire;
        Bus.Map(Map.AddressOf("FLASH"), 0x1000, Flash);
        Bus.Map(Map.AddressOf("WDOG"), 0x1000, _wdog);
        foreach (KeptBlock block in (KeptBlock[])[_sim, _rcm, _mscm, _smc]) Bus.Map(Map.AddressOf(block.Name), 0x1000, new BlockOnBus(block, () => true));
        Map.MapRest(Bus, quiet: true);
        Time.SetFrequency(Hertz);
    }

    public override MdmFlash Flash { get; }

    protected override void ResetBlocks(uint cause)
    {
        foreach (var block in (KeptBlock[])[_sim, _rcm, _mscm, _smc]) block.Reset();
        _wdog.Reset();
        _rcm.Set(8, cause);
    }
}
