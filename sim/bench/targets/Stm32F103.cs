using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an STM32F103, or with what is sold as one, as the probe's target.</summary>
public sealed class Stm32F103 : SimTarget
{
    private readonly ChipF103 _chip;

    public Stm32F103(Machine probe, TargetKind kind = TargetKind.Genuine) : this(probe, TargetVariant.Of(kind)) { }

    public Stm32F103(Machine probe, TargetVariant variant) : base(probe, variant.Name, (time, nets) => new ChipF103(variant, time, nets))
    {
        (Variant, _chip) = (variant, (ChipF103)Chip);
        _chip.Afio.SwdChanged += UpdatePins;
    }

    public TargetVariant Variant { get; }

    public Chips.F1.FlashF1 Flash => _chip.Flash;

    /// <summary>AFIO_MAPR.SWJ_CFG.</summary>
    public override bool SwdOn => _chip.Afio.SwdOn;

    protected override (string Tx, string Rx) Uart => ("PA9", "PA10");

    protected override string? Swo => "PB3";

    // Cortex-M3 TRM r1p1 and r2p1, "AHB-AP Control and Status Word Register": increments and wraps within 4 KB. Debuggers that know the core count on it.
    protected override SwDp NewDebugPort() => new(Variant.Dpidr, new MemAp(this, Variant.ApIdr, TargetVariant.RomBase) { IncrementBits = 12 });

    // RM0008 31.5, "STM32F10xxx JTAG TAP connection": TDI, boundary scan, Cortex-M3, TDO.
    protected override JtagChain NewJtagChain(SwDp dp) => new(new PlainTap("boundary scan", 5, TargetVariant.BoundaryScanId), new JtagDp("Cortex-M3", Variant.JtagId, dp));

    protected override bool JtagOn => _chip.Afio.JtagOn;

    /// <summary>Read protection closes the main flash to the debugger (PM0075 2.4.1).</summary>
    protected override bool Admits(uint address) => !_chip.Flash.ReadProtected || !_chip.IsMainFlash(address);

    protected override Chips.FlashWork FlashWork => _chip.Flash.Work;
}
