using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Nrf52;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an nRF52832 as the probe's target: AHB-AP and, at APSEL 1, Nordic's CTRL-AP. UART on the pins of Nordic's development kit.</summary>
public sealed class Nrf52832 : SimTarget
{
    public const string TargetName = "nrf52832";
    // The SW-DP and AHB-AP of Cortex-M4; there are no JTAG pins.
    private const uint Dpidr = 0x2BA0_1477, AhbApIdr = 0x2477_0011, RomBase = 0xE00F_F003;

    private readonly ChipNrf52832 _chip;
    private bool _erasing, _resetAsked;

    public Nrf52832(Machine probe) : base(probe, TargetName, (time, nets) => new ChipNrf52832(time, nets)) => _chip = (ChipNrf52832)Chip;

    public ChipNrf52832 Part => _chip;

    /// <summary>APPROTECT closes the AHB-AP as a whole.</summary>
    public override bool Enabled => !_chip.IsProtected;

    protected override bool HearsResetPin => _chip.HasResetPin;
    protected override bool DrivesResetPin => false;

    protected override (string Tx, string Rx) Uart => ("P0.06", "P0.08");

    protected override SwDp NewDebugPort() =>
        new(Dpidr, new MemAp(this, AhbApIdr, RomBase) { IncrementBits = 12 }, new CtrlAp(() => Powered, () => _chip.IsProtected ? 0u : 1, CatchUp, Reset, EraseAll)) { Start = SwjProtocol.Swd };

    protected override Chips.FlashWork FlashWork => _chip.Nvmc.Work;

    /// <summary>CTRL-AP RESET.</summary>
    private void Reset(bool on)
    {
        _resetAsked = on;
        HoldReset(on || _erasing);
    }

    /// <summary>CTRL-AP ERASEALL: the core stands while flash, UICR and RAM are erased. What was protected stays so until a reset looks again.</summary>
    private void EraseAll(Action finished)
    {
        _erasing = true;
        HoldReset(true);
        _chip.Nvmc.EraseAll(() =>
        {
            _chip.ClearRams();
            _erasing = false;
            finished();
            HoldReset(_resetAsked);
        });
    }
}
