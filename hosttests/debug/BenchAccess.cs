using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Debugging;

/// <summary>One access port, straight on the target's bus.</summary>
sealed class BenchAccess : DebugAccess
{
    private readonly BenchTarget _bench;
    private readonly Net _reset;
    private readonly NetDriver _driver;
    private readonly BenchPort _port;

    public BenchAccess(BenchTarget bench, Net reset)
    {
        (_bench, _reset) = (bench, reset);
        _driver = reset.Attach("test");
        _port = new(bench);
    }

    public int Scans { get; private set; }

    public override int PortCount => 1;

    public override AccessPort Port(int index) => _port;

    public override DebugFault Scan(uint targetSel)
    {
        Scans++;
        return _bench.Wire;
    }

    public override DebugFault Reconnect() => _bench.Wire;

    public override void Describe(TextOutput text) { }

    public override uint Frequency { get; set; }
    public override uint MaxFrequency => 1;
    public override bool TakeSlowedDown() => false;

    public override bool HoldReset
    {
        get;
        set
        {
            field = value;
            if (_bench.ResetIsWired) _driver.Set(value ? Drive.Low : Drive.None);
        }
    }

    public override bool InReset => _reset.Level == Level.Low;
    public override int TargetMillivolts => 3300;
    public override bool HasPowerSwitch => false;
    public override bool PowerOn { get; set; }
}
