using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Tests.Debugging;

/// <summary>One access port, straight on the target's bus.</summary>
sealed class BenchAccess : DebugAccess
{
    private readonly BenchTarget _bench;
    private readonly BenchPort _port;

    public BenchAccess(BenchTarget bench)
    {
        _bench = bench;
        _port = new(bench);
    }

    public int Scans { get; private set; }

    public override int PortCount => 1;

    public override AccessPort Port(int index) => _port;

    public override DebugFault Scan(uint targetSel)
    {
        Scans++;
        return _bench.WireFault;
    }

    public override DebugFault Reconnect() => _bench.WireFault;

    public override void Describe(TextOutput text) { }

    public override uint Frequency { get; set; }
    public override uint MaxFrequency => 1;
    public override bool TakeSlowedDown() => false;

    public override bool HoldReset { get => _bench.HoldsReset; set => _bench.HoldsReset = value; }
    public override bool InReset => _bench.InReset;
    public override int TargetMillivolts => 3300;
    public override bool HasPowerSwitch => false;
    public override bool PowerOn { get; set; }
}
