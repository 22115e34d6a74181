using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an nRF51822 as the probe's target: SWD only, no reset pin (the chip has SWDIO in its place, which is not modelled), no control access port.</summary>
public sealed class Nrf51822 : SimTarget
{
    public const string TargetName = "nrf51822";
    // The SW-DP and AHB-AP of Cortex-M0.
    private const uint Dpidr = 0x0BB1_1477, AhbApIdr = 0x0477_0021;

    private readonly ChipNrf51822 _chip;

    public Nrf51822(Machine probe) : base(probe, TargetName, (time, nets) => new ChipNrf51822(time, nets)) => _chip = (ChipNrf51822)Chip;

    public ChipNrf51822 Part => _chip;

    protected override bool HearsResetPin => false;
    protected override bool DrivesResetPin => false;

    protected override (string Tx, string Rx) Uart => ("P0.09", "P0.11");

    protected override SwDp NewDebugPort() => new(Dpidr, new MemAp(this, AhbApIdr, ChipNrf51822.RomTableAt | 3) { HasPacked = false }) { Start = SwjProtocol.Swd };

    protected override Chips.FlashWork FlashWork => _chip.Nvmc.Work;
}
