using System.Runtime.CompilerServices;
using System.Threading;
using SharpProbe.Hal;
using SharpProbe.Hal.F7;
using SharpProbe.Wire;
using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Boards;

/// <summary>
/// SWDIO is tied to PF9 and PH7, SWCLK to PH6 and PB2 (schematic MB1367). We drive PH7 and PH6: on one port, data and falling edge are one store. PA7 tells a buffer on CN5 who drives SWDIO:
/// high is the probe. nRESET PA6; PB0 switches the target's supply on pin 1 of CN5.
/// </summary>
unsafe struct WirePins : IWirePins
{
    private const uint SwclkSet = 1u << 6, SwclkReset = 1u << 22, SwdioReset = 1u << 23, DirectionSet = 1u << 7, DirectionReset = 1u << 23;

    /// <summary>MODER bits 15:8, that is PH4 to PH7: PH4 and PH5 are not connected and stay analog.</summary>
    private const byte Driving = 0x5F, Released = 0x1F;

    private static Pin Swclk => new(GPIOH, 6);
    private static Pin Swdio => new(GPIOH, 7);
    private static Pin Direction => new(GPIOA, 7);
    private static Pin Reset => new(GPIOA, 6);
    private static Pin Power => new(GPIOB, 0);

    public static uint CoreHertz => Clocks.CoreHertz;
    public static uint Cycles => CycleCounter.Now;
    public static int SwdioBit => 7;
    public static uint Input => GPIOH->IDR;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wait(uint turns) => CycleCounter.Turns(turns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fall() => GPIOH->BSRR = SwclkReset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fall(uint swdio) => GPIOH->BSRR = SwclkReset | SwdioReset | swdio;   // set wins over reset (RM0431 6.4.7)

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rise() => GPIOH->BSRR = SwclkSet;

    public static void Drive()
    {
        GPIOA->BSRR = DirectionSet;
        SetMode(Driving);
    }

    public static void Release()
    {
        SetMode(Released);
        GPIOA->BSRR = DirectionReset;
    }

    public static void Connect()
    {
        Direction.Output(true);
        Swclk.Output(true, speed: PinSpeed.VeryHigh);
        Swdio.Output(true, speed: PinSpeed.VeryHigh);
        Swdio.Pull(PinPull.Up);                              // an unanswered request reads as ones
        HoldReset = false;
        SetMode(Driving);
    }

    public static void Disconnect()
    {
        HoldReset = false;
        Swdio.Input();
        Swclk.Input();
        Direction.Input();
    }

    public static bool HoldReset
    {
        get => Reset.DrivesLow;
        set
        {
            Reset.Pull(PinPull.Up);
            Reset.Output(!value, openDrain: true);
        }
    }

    public static bool InReset => !Reset.Value;

    public static int TargetMillivolts => -1;

    public static bool HasPowerSwitch => true;

    public static bool PowerOn
    {
        get => Power.Latch;
        set => Power.Output(value);
    }

    /// <summary>A byte store: one bus access where read, change and write would be two (RM0431 6.4: bytes are allowed).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetMode(byte mode) => Volatile.Write(ref *((byte*)GPIOH + 1), mode);
}
