using SharpProbe.Sim.Pins;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Debugging;

/// <summary>SWD pins on the wires of the test's own <see cref="BenchTarget"/>. A store takes 4 cycles of 216 MHz, a load 6, a turn 3, as on the V3 mini.</summary>
struct WiredPins : IWirePins
{
    public const uint Hertz = 216_000_000;

    [ThreadStatic] internal static BenchTarget Bench = null!;
    [ThreadStatic] private static NetDriver t_clock = null!, t_data = null!;
    [ThreadStatic] private static Net t_line = null!, t_clockLine = null!;
    [ThreadStatic] private static bool t_driving, t_latch, t_connected;

    /// <summary>Joins the target's SWD pins to the wires.</summary>
    public static void Join(BenchTarget bench)
    {
        Bench = bench;
        (t_driving, t_latch, t_connected) = (false, false, false);
        Net clock = t_clockLine = bench.Probe.Pin("PH6").Net;
        t_line = bench.Probe.Pin("PF9").Net;
        (t_clock, t_data) = (clock.Attach("test.SWCLK"), t_line.Attach("test.SWDIO"));
        bench.Chip.ConnectSwd(clock, t_line);
    }

    public static uint CoreHertz => Hertz;
    public static uint Cycles => (uint)(Bench.Probe.Time.Now / (TimeBaseSecond / Hertz));
    public static int Swclk => 6;
    public static int Swdio => 9;
    public static nuint Port => 0;
    public static void Wait(uint turns) => Pass(3 * turns);

    public static void Store(nuint port, uint word)
    {
        Pass(4);
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
        return ~0x240u | (t_clockLine.IsHigh ? 0x40u : 0) | (t_line.IsHigh ? 0x200u : 0);
    }

    public static void Drive() => SetDriving(true);
    public static void Release() => SetDriving(false);

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
