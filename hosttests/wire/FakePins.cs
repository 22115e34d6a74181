using SharpProbe.Sim.Pins;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Wire;

/// <summary>Pins that move the wires of the test's own <see cref="WireRig"/>. A store takes 4 cycles, a load 6, a turn 3, as on the V3 mini.</summary>
struct FakePins : IWirePins
{
    [ThreadStatic] internal static WireRig Rig = null!;

    public static uint CoreHertz => WireRig.Hertz;
    public static uint Cycles => (uint)Rig.Time.Cycles;
    public static int SwdioBit => 7;

    public static void Wait(uint turns) => Rig.Pass(3 * turns);

    public static void Fall()
    {
        Rig.Pass(4);
        Rig.Clock.Set(Rig.Connected ? SharpProbe.Sim.Pins.Drive.Low : SharpProbe.Sim.Pins.Drive.None);
    }

    public static void Fall(uint swdio)
    {
        Assert.Equal(0u, swdio & ~0x80u);
        Fall();
        Rig.Latch = swdio != 0;
        Rig.Show();
    }

    public static void Rise()
    {
        Rig.Pass(4);
        Rig.Clock.Set(Rig.Connected ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.None);
    }

    public static uint Input
    {
        get
        {
            Rig.Pass(6);
            return Rig.Swdio.IsHigh ? 0xFFu : 0xFFFF_FF7F;
        }
    }

    public static void Drive() => Rig.SetDriving(true);

    public static void Release() => Rig.SetDriving(false);

    public static void Connect()
    {
        (Rig.Connected, Rig.Latch) = (true, true);
        Rig.Clock.Set(SharpProbe.Sim.Pins.Drive.High);
        Rig.SetDriving(true);
    }

    public static void Disconnect()
    {
        Rig.Connected = false;
        Rig.Clock.Set(SharpProbe.Sim.Pins.Drive.None);
        Rig.SetDriving(false);
    }

    public static bool HoldReset { get => Rig.ResetHeld; set => Rig.ResetHeld = value; }
    public static bool InReset => Rig.ResetHeld || Rig.ResetPulled;
    public static int TargetMillivolts => Rig.Millivolts;
    public static bool HasPowerSwitch => true;
    public static bool PowerOn { get => Rig.Power; set => Rig.Power = value; }
}
