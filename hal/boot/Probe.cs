using System;
using SharpProbe.Adi;
using SharpProbe.App;
using SharpProbe.Dap;
using SharpProbe.Flashing;
using SharpProbe.Gdb;
using SharpProbe.Intrinsics;
using SharpProbe.Io;
using SharpProbe.Rtt;
using SharpProbe.Settings;
using SharpProbe.Target;
using SharpProbe.Trace;
using SharpProbe.Usb;
using SharpProbe.Wire;

namespace SharpProbe.Hal;

/// <summary>The product on a board: banner, watchdog, loop.</summary>
public static unsafe class Probe<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    /// <summary>A start or a loop that takes longer than this is a crash, in ms; 1.4 s where the LSI is at its fastest.</summary>
    private const uint WatchdogTimeout = 2000;

    public static void Main()
    {
        Watchdog.Start(TFamily.Iwdg, WatchdogTimeout);         // first: a clock that never gets ready is a hang too
        Platform<TFamily, TBoard>.Start(out ResetCause cause, out ClockSource clock);
        Greet(cause, clock);
        var time = new SystemClock(TFamily.CoreHertz);
        FlashDevice flash = TBoard.CreateFlash();
        var settings = new ProbeSettings(new SettingsStore(flash, (int)LinkerSymbols.SettingsSector));
        var services = new Services<Ports>();
        flash.Beside = services;
        var wire = new Swd<PortWirePins<TFamily, TBoard>>();
        var jtag = new Jtag<PortWirePins<TFamily, TBoard>>(wire);
        TraceCapture capture = Platform<TFamily, TBoard>.StartTrace();
        bool streams = settings.UsbMode.Has(FunctionKind.DapBulkTrace);
        DapEngine hid = Dap(wire, jtag, new(capture, WireUser.DapHid, mayStream: false), WireUser.DapHid, time, services);
        DapEngine bulk = Dap(wire, jtag, new(capture, WireUser.DapBulk, streams), WireUser.DapBulk, time, services);
        var line = new TargetLine(Platform<TFamily, TBoard>.StartTargetUart());
        hid.Uart = bulk.Uart = new(line);
        ProbeUsb usb = Platform<TFamily, TBoard>.StartUsb(clock, settings.UsbMode, hid, bulk, time, capture);
        services.Usb = usb;
        var echo = new UsbEcho(usb.Uart);
        services.Echo = echo;
        services.Trace = new(capture, usb.Uart, usb.Console);
        services.Stream = usb.Bulk.Stream;
        services.Bridge = new(usb.Uart, line, time, bulk.Uart);
        var access = new WireAccess(wire, time, services, jtag);
        var gdb = new GdbServer(usb.Gdb, new ProbeSession(access, time, services), time, services);
        gdb.Monitor.Board = BuildInfo.Target;
        gdb.Monitor.Settings = settings;
        var rings = new RingReader(usb.Uart);
        var terminal = new ConsoleText(usb.Uart);
        gdb.Monitor.Rtt = services.Bridge.Rtt = new(rings, time);
        gdb.Monitor.Buffer = new(rings, time);
        gdb.Monitor.Watch = new(gdb.Text, terminal, time);
        gdb.ProgramOutput = terminal;
        (gdb.Monitor.Wire, gdb.Monitor.Wave) = (wire, new(wire));
        if (settings.TryCalibration(out uint loops, out uint hertz)) wire.TryCalibrate(loops, hertz);
        gdb.Monitor.Trace = services.Trace;
        if (settings.SwdFrequency != 0) access.Frequency = settings.SwdFrequency;
        new MainLoop<Ports>(new(usb.Console, gdb.Monitor, echo, usb.Boot), new(new UartStream(Platform<TFamily, TBoard>.Console), gdb.Monitor, echo, usb.Boot), gdb, usb, services).Run();
    }

    private static DapEngine Dap(Swd wire, Jtag jtag, SwoSession trace, WireUser user, Clock time, Background services)
    {
        var identity = new ProbeIdentity();
        byte[] serial = SerialNumber.Of(UniqueId.At(TFamily.UniqueIdAddress));
        return new(wire, user, time, services, new(identity.Manufacturer.ToArray(), "Black Magic Probe CMSIS-DAP"u8.ToArray(), serial, Product.Version.ToArray()), jtag) { Swo = trace };
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
            Commit = BuildInfo.Commit,
        });
        CrashConsole.Write(ref text, cause);
        Platform<TFamily, TBoard>.Console.Write(text.Written);
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
        public static void FeedWatchdog() => Watchdog.Feed(TFamily.Iwdg);
        public static void Sleep(ProbeUsb usb)
        {
            // An interrupt that comes after the look is pending then, and ends the sleep at once.
            Cpu.DisableInterrupts();
            if (usb.Quiet) Cpu.Wfi();
            Cpu.EnableInterrupts();
        }

        public static void StartBootLoader() => Platform<TFamily, TBoard>.StartBootLoader();

        public static void Reset() => Nvic.SystemReset();
    }
}
