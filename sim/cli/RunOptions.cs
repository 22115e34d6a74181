using System.CommandLine;
using System.Globalization;
using System.Net;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Ip;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Sim.Cli;

/// <summary>The options of "run", and how their texts become a <see cref="RunRequest"/>.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _board = new("--board") { Description = "Board to simulate (see: boards)", DefaultValueFactory = _ => "stlinkv3mini" };
    private readonly Option<string?> _elf = new("--elf") { Description = "Firmware; default: out/BOARD/BOARD.elf" };
    private readonly Option<string?> _time = new("--time") { Description = "Simulated time to run, e.g. 500ms or 2s; default 2s, or without end when gdb or a person is connected" };
    private readonly Option<string?> _vcd = new("--vcd") { Description = "Write the wires' levels to a VCD file (GTKWave, PulseView)" };
    private readonly Option<string[]> _pins = new("--pins") { Description = "Wires for the VCD: PA10, F723.PH6, PA*; default: all that change", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _timescale = new("--vcd-unit") { Description = "Unit of time in the VCD: 1ns, 100ps, 10ps ... 1us; default 1ns" };
    private readonly Option<string?> _trace = new("--trace") { Description = "Write every instruction to a file" };
    private readonly Option<string?> _traceFrom = new("--trace-from") { Description = "Simulated time at which the trace begins" };
    private readonly Option<string?> _profile = new("--profile") { Description = "Cycles by C# function; with a file name also as collapsed stacks for a flame graph", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _uart = new("--uart") { Description = "The board's serial console: show (default), console, pty, tcp:PORT, none", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _gdb = new("--gdb") { Description = "Wait for gdb on this TCP port (target remote :PORT)" };
    private readonly Option<bool> _semihosting = new("--semihosting") { Description = "Serve the firmware's semihosting calls (BKPT 0xAB)" };
    private readonly Option<string?> _target = new("--target") { Description = $"A target chip on the probe's wires: {TargetList.Names}" };
    private readonly Option<bool> _boot = new("--boot-loader") { Description = "Start through the board's boot loader (out/boot_BOARD)" };
    private readonly Option<string?> _targetElf = new("--target-elf") { Description = "What the target's flash holds; default: erased" };
    private readonly Option<string> _usb = new("--usb") { Description = "Port that the board's USB cable is in: high (default), full, none", DefaultValueFactory = _ => "high" };
    private readonly Option<string[]> _cdc = new("--cdc") { Description = "Offer a USB serial port, named by a part of its interface string: gdb=pty, gdb=pty:LINK (default link: out/pty/NAME), uart=tcp:PORT", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _usbIp = new("--usbip") { Description = "Offer the USB device to real hosts over USB/IP: PORT or ADDRESS:PORT, default 127.0.0.1:3240", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _usbRedir = new("--usbredir") { Description = "Plug the USB device into a QEMU guest: the socket of its -device usb-redir" };
    private readonly Option<string?> _usbLog = new("--usb-log") { Description = "Write the last USB packets to a file at the end" };
    private readonly Option<string?> _speed = new("--speed") { Description = "Pace: max (default), real, a factor such as 0.5, or still: time stands while a program at --cdc thinks" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _board, _elf, _boot, _time, _vcd, _pins, _timescale, _trace, _traceFrom, _profile, _uart, _gdb, _semihosting, _target, _targetElf, _usb, _cdc, _usbIp, _usbRedir, _usbLog, _speed }) command.Add(option);
    }

    public RunRequest Read(ParseResult parsed)
    {
        string board = parsed.GetValue(_board)!;
        if (BoardList.All.All(b => b.Name != board))
            throw new UsageError($"no board is named {board}; there are {string.Join(", ", BoardList.All.Select(b => b.Name))}");
        bool uartGiven = parsed.GetResult(_uart) is { Implicit: false };
        var (uart, port) = Uart(uartGiven ? parsed.GetValue(_uart) ?? "console" : "show");
        int? gdb = parsed.GetValue(_gdb);
        if (gdb is < 0 or > 65535) throw new UsageError($"--gdb {gdb}: a TCP port is 1 to 65535");
        // A probe with a target and nothing else said is one to try by hand.
        bool usbIp = parsed.GetResult(_usbIp) is { Implicit: false };
        string? redir = parsed.GetValue(_usbRedir);
        bool remote = usbIp || redir is not null;
        string option = usbIp ? "--usbip" : "--usbredir";
        if (usbIp && redir is not null) throw new UsageError("--usbip, --usbredir: there is one cable");
        if (remote && parsed.GetValue(_cdc) is { Length: > 0 }) throw new UsageError($"{option}, --cdc: the device is the other host's, and so are its serial ports");
        if (remote && parsed.GetValue(_usb) == "none") throw new UsageError($"{option}: with --usb none there is no cable");
        string[] offers = parsed.GetValue(_cdc) is { Length: > 0 } asked ? asked
            : parsed.GetValue(_target) is not null && parsed.GetValue(_time) is null && parsed.GetValue(_usb) != "none" && !remote && OperatingSystem.IsLinux() ? ["gdb=pty", "uart=pty", "python=pty"] : [];
        CdcOffer[] cdc = [.. offers.Select(CdcOffer.Parse)];
        string? speed = parsed.GetValue(_speed);
        if (speed == "still" && cdc.Length == 0) throw new UsageError("--speed still: there is no --cdc to wait for");
        bool interactive = gdb is not null || remote || cdc.Length > 0 || uart is UartMode.Console or UartMode.Pty or UartMode.Tcp;
        return new()
        {
            Board = board,
            Elf = Elf(board, parsed.GetValue(_elf)),
            BootLoader = parsed.GetValue(_boot) ? Rig.BuiltFile.Elf("boot_" + board) : null,
            Time = Time("--time", parsed.GetValue(_time)) ?? (interactive ? null : 2 * TimeBase.Second),
            Vcd = parsed.GetValue(_vcd),
            Pins = [.. (parsed.GetValue(_pins) ?? []).SelectMany(p => p.Split(',', StringSplitOptions.RemoveEmptyEntries))],
            VcdPicoseconds = (uint)((Time("--vcd-unit", parsed.GetValue(_timescale), Picosecond) ?? 1000 * 1000) / 1000),
            Trace = parsed.GetValue(_trace),
            TraceFrom = Time("--trace-from", parsed.GetValue(_traceFrom)) ?? 0,
            Profile = parsed.GetResult(_profile) is { Implicit: false },
            ProfileFile = parsed.GetValue(_profile),
            Uart = uart,
            UartPort = port,
            Gdb = gdb,
            Semihosting = parsed.GetValue(_semihosting),
            Target = Target(parsed.GetValue(_target), board),
            TargetElf = parsed.GetValue(_targetElf) is { } image ? File.Exists(image) ? image : throw new UsageError($"there is no file {image}") : null,
            Usb = Port(parsed.GetValue(_usb)!),
            Cdc = cdc,
            UsbIp = usbIp ? Address(parsed.GetValue(_usbIp)) : null,
            UsbRedir = redir,
            UsbLog = parsed.GetValue(_usbLog),
            StandStill = speed == "still",
            Pace = speed == "still" ? null : Pace(speed ?? (interactive && gdb is null ? "real" : "max")),
        };
    }

    private static TargetEntry? Target(string? name, string board)
    {
        if (name is null) return null;
        if (TargetWiring.All.All(w => w.Board != board)) throw new UsageError($"--target: no wiring to a target is known of the board {board}");
        return TargetList.All.FirstOrDefault(t => t.Name == name) ?? throw new UsageError($"--target {name}: there are {TargetList.Names}");
    }

    private static bool Picosecond(string text, out ulong femtoseconds)
    {
        if (text.EndsWith("ps", StringComparison.Ordinal) && uint.TryParse(text[..^2], CultureInfo.InvariantCulture, out uint ps))
        {
            femtoseconds = ps * 1000ul;
            return true;
        }
        return SimTime.TryParse(text, out femtoseconds);
    }

    private delegate bool Parser(string text, out ulong femtoseconds);

    private static ulong? Time(string option, string? text, Parser? parser = null)
    {
        if (text is null) return null;
        if (!(parser ?? SimTime.TryParse)(text, out ulong time)) throw new UsageError($"{option} {text}: a time has a unit, e.g. 500ms, 2s, 10us");
        return time;
    }

    private static (UartMode Mode, int Port) Uart(string text)
    {
        if (text.StartsWith("tcp:", StringComparison.Ordinal) && int.TryParse(text[4..], out int port) && port is > 0 and < 65536) return (UartMode.Tcp, port);
        return text switch
        {
            "show" => (UartMode.Show, 0),
            "console" => (UartMode.Console, 0),
            "pty" => (UartMode.Pty, 0),
            "none" => (UartMode.None, 0),
            _ => throw new UsageError($"--uart {text}: there are show, console, pty, tcp:PORT, none"),
        };
    }

    private static UsbSpeed? Port(string text) => text switch
    {
        "high" => UsbSpeed.High,
        "full" => UsbSpeed.Full,
        "none" => null,
        _ => throw new UsageError($"--usb {text}: there are high, full, none"),
    };

    private static IPEndPoint Address(string? text)
    {
        if (text is null) return new(IPAddress.Loopback, UsbIpServer.DefaultPort);
        if (int.TryParse(text, CultureInfo.InvariantCulture, out int port) && port is >= 0 and < 65536) return new(IPAddress.Loopback, port);
        return text.Contains(':') && IPEndPoint.TryParse(text, out var address) ? address : throw new UsageError($"--usbip {text}: a port, or ADDRESS:PORT");
    }

    private static double? Pace(string text) => text switch
    {
        "max" => null,
        "real" => 1,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) && factor > 0 => factor,
        _ => throw new UsageError($"--speed {text}: max, real, still, or a factor above 0"),
    };

    private static string Elf(string board, string? given)
    {
        if (given is not null) return File.Exists(given) ? given : throw new UsageError($"there is no file {given}");
        return Rig.BuiltFile.Elf(board);
    }
}
