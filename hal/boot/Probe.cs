using System;
using SharpProbe.App;
using SharpProbe.Intrinsics;
using SharpProbe.Io;

namespace SharpProbe.Hal;

/// <summary>Puts a board together: clocks, tick, console, watchdog, banner; then the product's loop.</summary>
public static unsafe class Probe<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    /// <summary>A loop that takes longer than this is a crash, in ms.</summary>
    private const uint WatchdogTimeout = 1000;

    private static Uart s_console = null!;

    public static void Main()
    {
        ResetCause cause = TFamily.TakeResetCause();
        ClockSource clock = TFamily.StartClocks(TBoard.Oscillator);
        Caches.EnableData();
        CycleCounter.Start();
        TFamily.EnableBasics();
        s_console = StartConsole();
        Tick.Start(TFamily.CoreHertz);
        Greet(cause, clock);
        Watchdog.Start(TFamily.Iwdg, WatchdogTimeout);
        IdleLoop<Ports>.Run();
    }

    /// <summary>The board's interrupt handler of the console's transmit stream calls this.</summary>
    public static void OnConsoleTransmitted() => s_console.OnTransmitInterrupt();

    private static Uart StartConsole()
    {
        ConsoleWiring w = TBoard.Console;
        TBoard.EnableConsoleClock();
        w.Rx.Alternate(w.Function, PinPull.Up);              // an open input would read as noise
        w.Tx.Alternate(w.Function);
        var uart = new Uart(w.Usart, new(w.Transmit.Dma, w.Transmit.Stream), TFamily.Route(w.Transmit), new(w.Receive.Dma, w.Receive.Stream), TFamily.Route(w.Receive), w.KernelHertz, w.Baud);
        Nvic.Enable(w.TransmitIrq, priority: 8);
        return uart;
    }

    private static void Greet(ResetCause cause, ClockSource clock)
    {
        Span<byte> buffer = stackalloc byte[640];
        var text = new ByteWriter(buffer);
        Banner.Write(ref text, new BoardInfo
        {
            Name = TBoard.Name,
            Chip = TBoard.Chip,
            Hertz = TFamily.CoreHertz,
            Clock = Describe(clock),
            ResetCause = Describe(cause),
            UniqueId = UniqueId.At(TFamily.UniqueIdAddress),
        });
        CrashConsole.Write(ref text, cause);
        s_console.Write(text.Written);
    }

    private static ReadOnlySpan<byte> Describe(ClockSource clock) => clock switch
    {
        ClockSource.HseBypass => "HSE bypass"u8,
        ClockSource.HseCrystal => "HSE crystal"u8,
        _ => "HSI: the external oscillator did not start"u8,
    };

    private static ReadOnlySpan<byte> Describe(ResetCause cause) => cause switch
    {
        ResetCause.PowerOn => "power-on"u8,
        ResetCause.Pin => "pin"u8,
        ResetCause.Software => "software"u8,
        ResetCause.Watchdog => "watchdog"u8,
        _ => "other"u8,
    };

    private struct Ports : IBoardPorts
    {
        public static uint Milliseconds => Tick.Milliseconds;
        public static void SetLed(bool on) => TBoard.SetLed(on);
        public static bool TryRead(out byte value) => s_console.TryRead(out value);
        public static int Write(ReadOnlySpan<byte> text) => s_console.Write(text);
        public static void FeedWatchdog() => Watchdog.Feed(TFamily.Iwdg);
        public static void Sleep() => Cpu.Wfi();
        public static void Reset() => Nvic.SystemReset();
    }
}
