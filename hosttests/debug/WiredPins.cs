using SharpProbe.Sim.Pins;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Debugging;

/// <summary>SWD pins on the wires of the test's own bench. A store takes 4 cycles of 216 MHz, a load 6, a turn 3, as on the V3 mini.</summary>
struct WiredPins : IJtagPins
{
    public const uint Hertz = 216_000_000;

    [ThreadStatic] internal static IWiredBench Bench = null!;
    [ThreadStatic] private static NetDriver t_clock = null!, t_data = null!, t_tdi = null!;
    [ThreadStatic] private static Net t_line = null!, t_clockLine = null!, t_tdo = null!;
    [ThreadStatic] private static bool t_driving, t_latch, t_connected;

    /// <summary>Joins the target's SWD pins to the wires.</summary>
    public static void Join(IWiredBench bench)
    {
        Bench = bench;
        (t_driving, t_latch, t_connected) = (false, false, false);
        Net clock = t_clockLine = bench.Probe.Pin("PH6").Net;
        t_line = bench.Probe.Pin("PF9").Net;
        (t_clock, t_data) = (clock.Attach("test.SWCLK"), t_line.Attach("test.SWDIO"));
        (Net tdi, t_tdo) = (bench.Probe.Pin("PF8").Net, bench.Probe.Pin("PD2").Net);
        t_tdi = tdi.Attach("test.TDI");
        t_tdo.Attach("test.TDO", SharpProbe.Sim.Pins.Drive.PullUp);
        bench.Target.ConnectSwd(clock, t_line, null, tdi, t_tdo);
    }

    public static uint CoreHertz => Hertz;
    public static uint Cycles => (uint)(Bench.Probe.Time.Now / (TimeBaseSecond / Hertz));
    public static int Swclk => 6;
    public static int Swdio => 9;
    public static nuint Port => 0;
    public static int Tdi => 8;
    public static int Tdo => 2;
    public static nuint TdiPort => 1;
    public static nuint TdoPort => 2;
    public static void Wait(uint turns) => Pass(3 * turns);

    public static void Store(nuint port, uint word)
    {
        Pass(4);
        if (port == TdiPort)
        {
            if ((word & 0x0100_0100) != 0) t_tdi.Set((word & 0x100) != 0 ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.Low);
            return;
        }
        const uint Clock = 1 << 6, Data = 1 << 9;
        if ((word & Data) != 0) t_latch = true;
        else if ((word & Data << 16) != 0) t_latch = false;
        if (!t_connected) return;
        if ((word & Clock) != 0) t_clock.Set(SharpProbe.Sim.Pins.Drive.High);
        else if ((word & Clock << 16) != 0) t_clock.Set(SharpProbe.Sim.Pins.Drive.Low);
        Show();
    }

    public static uint Load(nuint port)
    {
        Pass(6);
        if (port == TdoPort) return t_tdo.IsHigh ? 4u : 0;
        return ~0x240u | (t_clockLine.IsHigh ? 0x40u : 0) | (t_line.IsHigh ? 0x200u : 0);
    }

    public static void Drive() => SetDriving(true);
    public static void Release() => SetDriving(false);

    public static bool HasShifter => false;
    public static uint SetShifter(uint hertz) => 0;
    public static uint ShiftIn() => 0;

    public static void Connect()
    {
        (t_connected, t_latch) = (true, true);
        t_clock.Set(SharpProbe.Sim.Pins.Drive.High);
        SetDriving(true);
    }

    public static void Disconnect()
    {
        t_connected = false;
        t_clock.Set(SharpProbe.Sim.Pins.Drive.None);
        SetDriving(false);
    }

    public static void ConnectJtag() => t_tdi.Set(SharpProbe.Sim.Pins.Drive.High);
    public static void DisconnectJtag() => t_tdi.Set(SharpProbe.Sim.Pins.Drive.None);

    public static bool HoldReset { get => Bench.HoldsReset; set => Bench.HoldsReset = value; }
    public static bool InReset => Bench.InReset;
    public static int TargetMillivolts => 3300;
    public static bool HasPowerSwitch => false;
    public static bool PowerOn { get; set; }

    private const ulong TimeBaseSecond = 1_000_000_000_000_000;

    private static void SetDriving(bool driving)
    {
        t_driving = driving && t_connected;
        Pass(4);
        Show();
    }

    private static void Show() => t_data.Set(!t_driving ? SharpProbe.Sim.Pins.Drive.None : t_latch ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.Low);

    private static void Pass(uint cycles) => Bench.PassCycles(cycles);
}
