using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// RP2040 with a serial flash, assembled (RP2040 datasheet): two Cortex-M0+. Crystal, PLLs and CLOCKS are not modelled.
/// </summary>
public sealed class ChipRp2040 : ChipRp
{
    private const uint Banked = 0x2100_0000;
    // Nominal; the datasheet allows 1.8 to 12 MHz (2.17.3).
    private const ulong RingOscillator = 6_500_000;

    private static CoreFeatures Features { get; } = CoreFeatures.CortexM0Plus with { InterruptLines = 26 };

    public ChipRp2040(TimeBase time, Nets nets, uint flashKilobytes = 2048)
        : base("RP2040", CoreKind.CortexM0Plus, Features, RingOscillator, 264, flashKilobytes, FlashTimes.W25Q16, new ChipResetRp2040(), time, nets)
    {
        BootRom.WriteTo(AddRom(BootRom.Size));
        Bus.Map(Banked, BankedRam.Size, new BankedRam(Bus, Sram));
        // The window is 16 MB, in which the flash repeats, and shows four times: with and without the cache (2.6.3.1).
        for (uint at = Xip + FlashArray.Size; at < Xip + 4 * XipWindow; at += FlashArray.Size) Bus.Alias(at, FlashArray);
        Ssi = new(Die, Flash) { Hertz = () => Time.Hertz };
        Ssi.Changed += UpdateWindow;
        Place(MemoryMapRp2040.Blocks, quiet: true, new(Resets.Rp2040), new Psm(Hold), Ssi, new XipCtrl(), new IoQspi(Ssi),
            new KeptBlock("PADS_QSPI", ("VOLTAGE_SELECT", 0, 0), ("SCLK", 4, 0x56), ("SD0", 8, 0x52), ("SD1", 12, 0x52), ("SD2", 16, 0x52), ("SD3", 20, 0x52), ("SS", 24, 0x5A)),
            new KeptBlock("SYSINFO", ("CHIP_ID", 0, 0x2000_2927), ("PLATFORM", 4, 2), ("GITREF_RP2040", 0x40, 0)),
            new KeptBlock("TBMAN", ("PLATFORM", 0, 5)));
        UpdateWindow();
    }

    public Ssi Ssi { get; }

    /// <summary>The rescue debug port asks: everything starts anew, and the boot ROM then waits for a debugger.</summary>
    public void Rescue()
    {
        Reset(ResetCause.Pin);
        Reason.NoteRescue();
    }

    protected override void UpdateWindow() => FlashArray.OnRead = Ssi.IsMemory && !Flash.IsBusy ? null : Refuse;

    /// <summary>The window answers only while the interface makes read commands of it; a flash that is busy would answer nonsense.</summary>
    private void Refuse(uint offset)
    {
        if (!Ssi.IsMemory) throw new CoreFault(FaultKind.PreciseBus, Xip + offset);
        if (Flash.IsBusy) throw new BenchStop($"0x{Xip + offset:X8} is read while the flash is busy");
    }
}
