using System;
using System.Runtime.CompilerServices;
using System.Threading;
using SharpProbe.Wire;

namespace SharpProbe.Hal;

/// <summary>The wire's pins on one GPIO port: SWDIO and the falling edge of SWCLK are one store to BSRR, where set wins over reset (RM0431 and RM0433, GPIOx_BSRR).</summary>
public unsafe struct PortWirePins<TFamily, TBoard> : IJtagPins where TFamily : struct, IFamily where TBoard : struct, IWireWiring
{
    private const uint OutputMode = 1, AlternateMode = 2;

    public static uint CoreHertz => TFamily.CoreHertz;

    public static uint Cycles => CycleCounter.Now;

    public static int Swclk
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBoard.Swclk;
    }

    public static int Swdio
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBoard.Swdio;
    }

    public static nuint Port => (nuint)TBoard.WirePort;

    public static int Tdi
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBoard.Tdi;
    }

    public static int Tdo
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBoard.Tdo;
    }

    public static nuint TdiPort => (nuint)TBoard.TdiPort;

    public static nuint TdoPort => (nuint)TBoard.TdoPort;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wait(uint turns) => Delay.Turns(turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(nuint port, uint word) => ((GpioRegisters*)port)->BSRR = word;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Load(nuint port) => ((GpioRegisters*)port)->IDR;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Drive()
    {
        if (TBoard.HasDirection) Point(true);
        if (TBoard.ReleasedModes >= 0) SetModes((uint)TBoard.ReleasedModes | OutputMode << ModeShift);
        else TBoard.WirePort->MODER |= OutputMode << TBoard.Swdio * 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release()
    {
        if (TBoard.ReleasedModes >= 0) SetModes((uint)TBoard.ReleasedModes);
        else TBoard.WirePort->MODER &= ~(OutputMode << TBoard.Swdio * 2);
        if (TBoard.HasDirection) Point(false);
    }

    public static bool HasShifter
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBoard.Shifter != null;
    }

    public static uint SetShifter(uint hertz) => SpiShifter.SetClock(TBoard.Shifter, TBoard.ShifterKernelHertz, Math.Min(hertz, TBoard.ShifterFastest));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ShiftIn()
    {
        SetModes(ShiftModes);
        uint word = SpiShifter.In(TBoard.Shifter);
        SetModes((uint)TBoard.ReleasedModes);
        return word;
    }

    public static void Connect()
    {
        HoldReset = HoldReset;                               // also makes the pin an output, the first time
        if (TBoard.HasDirection) TBoard.Direction.Output(true);
        new Pin(TBoard.WirePort, TBoard.Swclk).Output(true, speed: PinSpeed.VeryHigh);
        Pin swdio = new(TBoard.WirePort, TBoard.Swdio);
        swdio.Pull(PinPull.Up);                              // where nobody answers, ones are read
        swdio.Output(true, speed: PinSpeed.VeryHigh);
        if (HasShifter) StartShifter();
    }

    /// <summary>The pins' functions are chosen; their modes stay as they are.</summary>
    private static void StartShifter()
    {
        int clock = TBoard.Swclk * 4, data = TBoard.Swdio * 4;
        TBoard.WirePort->AFRL = TBoard.WirePort->AFRL & ~(15u << clock | 15u << data) | TBoard.ShifterFunction << clock | TBoard.ShifterFunction << data;
        SpiShifter.Start(TBoard.Shifter);
    }

    public static void Disconnect()
    {
        HoldReset = false;
        new Pin(TBoard.WirePort, TBoard.Swdio).Input();
        new Pin(TBoard.WirePort, TBoard.Swclk).Input();
        if (TBoard.HasDirection) TBoard.Direction.Input();
    }

    public static void ConnectJtag()
    {
        new Pin(TBoard.TdoPort, TBoard.Tdo).Input(PinPull.Up);
        new Pin(TBoard.TdiPort, TBoard.Tdi).Output(true, speed: PinSpeed.VeryHigh);
    }

    public static void DisconnectJtag() => new Pin(TBoard.TdiPort, TBoard.Tdi).Input();

    public static bool HoldReset
    {
        get => TBoard.TargetReset.DrivesLow;
        set
        {
            TBoard.TargetReset.Pull(PinPull.Up);
            TBoard.TargetReset.Output(!value, openDrain: true);
        }
    }

    public static bool InReset => !TBoard.TargetReset.Value;

    public static int TargetMillivolts => TBoard.TargetMillivolts;

    public static bool HasPowerSwitch => TBoard.HasPowerSwitch;

    public static bool PowerOn
    {
        get => TBoard.HasPowerSwitch && TBoard.PowerSwitch.Latch;
        set
        {
            if (TBoard.HasPowerSwitch) TBoard.PowerSwitch.Output(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Point(bool outward)
    {
        Pin direction = TBoard.Direction;
        direction.Value = outward;
    }

    /// <summary><see cref="IWireWiring.ReleasedModes"/> with SWCLK and SWDIO as alternate functions.</summary>
    private static uint ShiftModes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)TBoard.ReleasedModes & ~(3u << (TBoard.Swclk & 3) * 2) | AlternateMode << (TBoard.Swclk & 3) * 2 | AlternateMode << ModeShift;
    }

    private static int ModeShift => (TBoard.Swdio & 3) * 2;

    /// <summary>One bus access where read, change and write would be two (RM0431 6.4: GPIO registers take bytes).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetModes(uint modes) => Volatile.Write(ref *((byte*)TBoard.WirePort + (TBoard.Swdio >> 2)), (byte)modes);
}
