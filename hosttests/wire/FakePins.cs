using SharpProbe.Wire;

namespace SharpProbe.Tests.Wire;

/// <summary>Pins that move the wires of the test's own <see cref="WireRig"/>. A store takes 4 cycles, a load 6, a turn 3, as on the V3 mini.</summary>
struct FakePins : IJtagPins
{
    [ThreadStatic] internal static WireRig Rig = null!;

    public static uint CoreHertz => WireRig.Hertz;
    public static uint Cycles => (uint)Rig.Time.Cycles;
    public static int Swclk => 6;
    public static int Swdio => 7;
    public static nuint Port => 0x4002_1C00;
    public static int Tdi => 8;
    public static int Tdo => 5;
    public static nuint TdiPort => 0x4002_1400;
    public static nuint TdoPort => 0x4002_0400;

    public static void Wait(uint turns) => Rig.Pass(Rig.TurnCycles * turns);

    public static void Store(nuint port, uint word)
    {
        if (port == TdiPort)
        {
            Rig.Pass(4);
            if ((word & 0x0100_0100) != 0) Rig.SetTdi((word & 0x100) != 0);
            return;
        }
        if (port != Port || (word & ~0x00C0_00C0u) != 0) Assert.Fail($"store of 0x{word:X8} to 0x{port:X8}");
        Rig.Pass(4);
        Rig.Store(word & 0xFFFF, word >> 16 & ~word);
    }

    public static uint Load(nuint port)
    {
        if (port == TdoPort || port == TdiPort)
        {
            Rig.Pass(6);
            return port == TdoPort ? Rig.Tdo.IsHigh ? 0x20u : 0 : Rig.Tdi.IsHigh ? 0x100u : 0;
        }
        if (port != Port) Assert.Fail($"load from 0x{port:X8}");
        Rig.Pass(6);
        return ~0xC0u | (Rig.Swclk.IsHigh ? 0x40u : 0) | (Rig.Swdio.IsHigh ? 0x80u : 0);
    }

    public static void Drive() => Rig.SetDriving(true);

    public static void Release() => Rig.SetDriving(false);

    public static bool HasShifter => Rig.ShifterFastest != 0;

    /// <summary>The fastest clock, and halves of it.</summary>
    public static uint SetShifter(uint hertz)
    {
        uint given = Rig.ShifterFastest;
        while (given > hertz && given >= 500_000) given /= 2;
        return Rig.ShifterHertz = given <= hertz ? given : 0;
    }

    public static uint ShiftIn()
    {
        if (Rig.ShifterHertz == 0) Assert.Fail("the shifter has no clock");
        if (Rig.Driving) Assert.Fail("the shifter takes bits while the probe drives SWDIO");
        uint bits = 0, half = WireRig.Hertz / Rig.ShifterHertz / 2;
        Rig.Pass(2 * half);
        for (int i = 0; i < 32; i++)
        {
            Rig.Store(0, 0x40);
            Rig.Pass(half);
            if (Rig.Swdio.IsHigh) bits |= 1u << i;
            Rig.Store(0x40, 0);
            Rig.Pass(half);
        }
        return bits;
    }

    public static void Connect()
    {
        Rig.Connected = true;
        Rig.Store(0xC0, 0);
        Rig.SetDriving(true);
    }

    public static void Disconnect()
    {
        Rig.Connected = Rig.ResetHeld = false;
        Rig.Clock.Set(SharpProbe.Sim.Pins.Drive.None);
        Rig.SetDriving(false);
    }

    public static void ConnectJtag()
    {
        Rig.JtagConnected = true;
        Rig.SetTdi(true);
    }

    public static void DisconnectJtag()
    {
        Rig.JtagConnected = false;
        Rig.SetTdi(true);
    }

    public static bool HoldReset { get => Rig.ResetHeld; set => Rig.ResetHeld = value; }
    public static bool InReset => Rig.ResetHeld || Rig.ResetPulled;
    public static int TargetMillivolts => Rig.Millivolts;
    public static bool HasPowerSwitch => true;
    public static bool PowerOn { get => Rig.Power; set => Rig.Power = value; }
}
