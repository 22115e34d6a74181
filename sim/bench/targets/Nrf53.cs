using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Nrf52;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an nRF5340 or nRF9160 as the probe's target. The nRF5340 begins as ERASEALL through its CTRL-AP leaves it, open until the first reset by power or pin.</summary>
public sealed class Nrf53 : PlainTarget
{
    private static readonly PlainPort s_port = new(0x6BA0_2477, 0x8477_0001, PlainPort.ArmTable, false, ("P0.20", "P0.22"));

    private readonly bool _is91;
    private bool _erasing, _resetAsked;

    public Nrf53(Machine probe, string name) : base(probe, name, s_port, (time, nets) => new ChipNrf53(name == ChipNrf53.Nrf9160, time, nets))
    {
        _is91 = name == ChipNrf53.Nrf9160;
        Nordic.Protection.Erased();
    }

    public ChipNrf53 Nordic => (ChipNrf53)Chip;

    /// <summary>CTRL-AP of the nRF5340's application core: 2; 1 and 3 are the network core's, which is off. Of the nRF9160: 4.</summary>
    protected override SwDp NewDebugPort()
    {
        var control = new CtrlApM33(() => Powered, Nordic.Protection, CatchUp, Reset, EraseAll);
        var memory = new MemAp(this, s_port.ApIdr, s_port.RomBase);
        return new(s_port.Dpidr, _is91 ? [memory, null, null, null, control] : [memory, null, control]) { Start = SwjProtocol.Swd };
    }

    protected override Chips.FlashWork FlashWork => Nordic.Nvmc.Work;

    private void Reset(bool on)
    {
        _resetAsked = on;
        Hold(on || _erasing);
    }

    private void Hold(bool on)
    {
        Nordic.IsSoftReset = true;
        HoldReset(on);
        Nordic.IsSoftReset = false;
    }

    /// <summary>ERASEALL: the core stands while flash, UICR and RAM are erased, which opens the port until power, pin or watchdog reset the chip.</summary>
    private void EraseAll(Action finished)
    {
        if (Nordic.Nvmc.IsEraseProtected)
        {
            finished();
            return;
        }
        _erasing = true;
        Hold(true);
        Nordic.Nvmc.EraseAll(() =>
        {
            Nordic.ClearRams();
            _erasing = false;
            Nordic.Protection.Erased();
            finished();
            Hold(_resetAsked);
        });
    }
}
