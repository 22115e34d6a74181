using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

internal sealed class FakeAccess : DebugAccess
{
    private uint _frequency = 4_000_000;

    public int Millivolts { get; set; } = 3300;
    public bool SlowedDown { get; set; }
    public bool StuckLow { get; set; }
    public int Pulses { get; private set; }
    public int Reconnects { get; private set; }

    public override DebugFault Scan(uint targetSel) => DebugFault.None;
    public override int PortCount => 0;
    public override AccessPort Port(int index) => throw new NotSupportedException();
    public override DebugFault Reconnect()
    {
        Reconnects++;
        return DebugFault.None;
    }

    public override void Describe(TextOutput text) => text.Write("AP 0: IDR 0x24770011\n"u8);
    public override uint Frequency { get => _frequency; set => _frequency = 216_000_000 / Math.Max(12, (216_000_000 + value - 1) / value); }
    public override uint MaxFrequency => 18_000_000;

    public override bool TakeSlowedDown()
    {
        bool was = SlowedDown;
        SlowedDown = false;
        return was;
    }

    private bool _hold;

    public override bool HoldReset
    {
        get => _hold;
        set
        {
            if (value && !_hold) Pulses++;
            _hold = value;
        }
    }

    public override bool InReset => StuckLow || _hold;
    public override int TargetMillivolts => Millivolts;
    public override bool HasPowerSwitch => true;
    public override bool PowerOn { get; set; }
}
