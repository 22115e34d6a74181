using System.Net.Sockets;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Scs;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Ip;
using SharpProbe.Sim.Usb.Remote;
using SharpProbe.Sim.Usb.Usbredir;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli;

/// <summary>A machine with the firmware in it, and everything that looks on.</summary>
internal sealed class Bench : IDisposable
{
    private readonly IUartEnd? _uart;
    private readonly byte[] _input = new byte[64];
    private bool _hadInput;
    private UsbIdentity? _told;

    public Bench(RunRequest request, Action<string> note, bool quiet = false)
    {
        Elf = ElfFile.Read(request.Elf);
        Symbols = new(Elf);
        if (Symbols.Warning is { } warning && !quiet) note(warning);
        Machine = new(BoardList.Find(request.Board));
        if (request.BootLoader is { } boot) Machine.Load(ElfFile.Read(boot), Elf);
        else Machine.Load(Elf);
        if (request.Target is { } target) Target = Connect(target, request.TargetElf, note);
        Leds = [.. Machine.Board.Leds.Select(l => new LedWatch(Machine, l))];
        if (request.Semihosting) AttachSemihosting(quiet);
        if (request.Usb is { } port) Plug(port, request, quiet ? null : note);
        if (quiet) return;
        _uart = Uart(request, note);
        if (_uart is not null) Machine.Console.Received += (word, _, _) => _uart.Show((byte)word);
        Machine.WasReset += (cause, reason) => note($"reset at {SimTime.Show(Machine.Time.Now)}: {reason}");
        try
        {
            if (request.Vcd is { } vcd) Vcd = new(vcd, Machine.Nets, request.Pins, request.VcdPicoseconds);
        }
        catch (Exception e) when (e is ArgumentException)
        {
            throw new UsageError($"--vcd, --pins: {e.Message}");
        }
        if (request.Profile) Profile = new(Machine.Core, Symbols);
    }

    public ElfFile Elf { get; }
    public SymbolMap Symbols { get; }
    public Machine Machine { get; }
    public SimTarget? Target { get; }
    public IReadOnlyList<LedWatch> Leds { get; }
    public NetVcd? Vcd { get; }
    public Profile? Profile { get; }
    public Semihosting? Semihosting { get; private set; }

    /// <summary>The computer at the USB cable; null without one.</summary>
    public UsbHost? Host { get; private set; }

    /// <summary>Real programs at USB serial ports; null without any.</summary>
    public HostPace? Programs { get; private set; }

    /// <summary>Real hosts at the USB cable; null without any.</summary>
    public RemotePace? Remote { get; private set; }

    /// <summary>True once the user has sent something: the run is then not repeatable.</summary>
    public bool HadInput { get => _hadInput || Remote is not null || Host?.Ports.Any(p => p.BytesWritten > 0) == true; private set => _hadInput = value; }

    /// <summary>Passes what the user typed on to the board.</summary>
    public void Poll()
    {
        Programs?.Pump();
        Remote?.Pump();
        if (_uart is null) return;
        int count = _uart.Take(_input);
        if (count == 0) return;
        HadInput = true;
        Machine.Console.Send(_input.AsSpan(0, count));
    }

    public void Dispose()
    {
        Programs?.Dispose();
        Remote?.Dispose();
        Profile?.Dispose();
        Vcd?.Dispose();
        _uart?.Dispose();
    }

    private SimTarget Connect(TargetEntry entry, string? image, Action<string> note)
    {
        var target = entry.Build(Machine);
        target.Connect();
        if (image is not null) target.Load(ElfFile.Read(image));
        target.HasStopped += stop => note($"the target stopped: {stop}");
        target.WasReset += (_, reason) => note($"target reset at {SimTime.Show(Machine.Time.Now)}: {reason}");
        return target;
    }

    private void AttachSemihosting(bool quiet)
    {
        Semihosting = new(Machine.Time) { Console = quiet ? null : Console.Out.Write };
        Machine.Core.Semihosting = Semihosting;
    }

    private void Plug(UsbSpeed port, RunRequest request, Action<string>? note)
    {
        var host = Host = new(Machine.Time, port);
        if (request.UsbLog is not null) host.Log = new();
        if (note is not null)
        {
            host.Findings.Found += finding => note($"USB, at {SimTime.Show(Machine.Time.Now)}: {finding}");
            host.StateChanged += state => Tell(host, state, note);
            foreach (var offer in request.Cdc) Offer(host, offer, request, note);
        }
        if (request.UsbIp is { } address) Export(host, address, request.Pace ?? double.PositiveInfinity, note ?? (_ => { }));
        if (request.UsbRedir is { } socket) Redirect(host, socket, request.Pace ?? double.PositiveInfinity, note ?? (_ => { }));
        host.Plug(Machine.Usb);
    }

    private void Export(UsbHost host, System.Net.IPEndPoint address, double pace, Action<string> note)
    {
        var device = new ExportedDevice(host);
        var server = new UsbIpServer(device, address.Port, address.Address, note);
        Remote = new(host, device, Machine.RunUntil) { Pace = pace };
        Remote.Connect(server);
        device.Appeared += () => note($"to attach it, as root: {server.Command}");
        device.Gone += () => note("USB: the device is gone");
        note($"USB/IP server on {server.Address}");
    }

    private void Redirect(UsbHost host, string socket, double pace, Action<string> note)
    {
        var device = new ExportedDevice(host);
        try
        {
            Remote = new(host, device, Machine.RunUntil) { Pace = pace };
            Remote.Connect(RedirPort.Connect(device, socket, note));
        }
        catch (SocketException error)
        {
            throw new UsageError($"--usbredir {socket}: {error.Message}");
        }
    }

    private void Offer(UsbHost host, CdcOffer offer, RunRequest request, Action<string> note)
    {
        Programs ??= new(host, Machine.RunUntil) { Pace = request.StandStill ? null : request.Pace ?? double.PositiveInfinity };
        var peer = offer.Open();
        Programs.Connect(host.Cdc(offer.Name), peer, offer.Turn());
        note($"USB serial port \"{offer.Name}\": {peer.Place}");
    }

    private void Tell(UsbHost host, UsbHostState state, Action<string> note)
    {
        // After a reset or a resume it is who it was.
        if (state != UsbHostState.Configured || _told == host.Identity) return;
        var who = _told = host.Identity;
        note($"USB: {who.Manufacturer} {who.Product} ({who.Descriptor!.Vendor:X4}:{who.Descriptor.ProductId:X4}, serial {who.Serial}) configured at {host.Speed.ToString().ToLowerInvariant()} speed, {SimTime.Show(Machine.Time.Now)}");
        foreach (var port in host.Ports.Where(p => !p.IsBound)) note($"USB: no serial port is named \"{port.Name}\"; there are {string.Join(", ", host.Ports.Where(p => p.IsBound).Select(p => $"\"{p.Name}\""))}");
    }

    private static IUartEnd? Uart(RunRequest request, Action<string> note)
    {
        switch (request.Uart)
        {
            case UartMode.Show: return new StreamUart(Console.OpenStandardOutput(), null);
            case UartMode.Console: return new StreamUart(Console.OpenStandardOutput(), Console.OpenStandardInput());
            case UartMode.Tcp:
                note($"serial console on 127.0.0.1:{request.UartPort}");
                return new TcpUart(request.UartPort);
            case UartMode.Pty:
                var terminal = PseudoTerminal.Open(out string path);
                note($"serial console on {path}");
                return new StreamUart(terminal, terminal);
            default: return null;
        }
    }
}
