using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with a SAM D or E5x as the probe's target. A reset pin that rises while SWCLK is low leaves the core in reset until the debugger lets it go ("cold plugging").</summary>
public sealed class SamTarget : PlainTarget
{
    private readonly Net _swclk;
    private bool _byPin;

    public SamTarget(Machine probe, string name) : base(probe, name, ChipSam.Port(name), (time, nets) => new ChipSam(name, time, nets))
    {
        _swclk = probe.Pin(TargetWiring.Of(probe.Board.Name).Swclk).Net;
        WasReset += (cause, _) => _byPin = cause == ResetCause.Pin;
        Sam.Dsu.Released += ReleaseCore;
    }

    public ChipSam Sam => (ChipSam)Chip;

    protected override bool HoldsCore
    {
        get
        {
            if (_byPin && Port is not null && _swclk.Level == Level.Low) Sam.Dsu.ExtendReset();
            _byPin = false;
            return Sam.Dsu.ExtendsReset;
        }
    }
}
