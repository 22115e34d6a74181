using System.Collections.Concurrent;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Ip;
using SharpProbe.Sim.Usb.Remote;
using SharpProbe.Tests.Boot;
using SharpProbe.Tests.UsbHosts;

namespace SharpProbe.Tests.UsbIp;

/// <summary>A device on the bench behind its USB/IP server, on a thread of its own as in "sim --usbip".</summary>
internal sealed class ServedDevice : IDisposable
{
    private readonly Lock _bench = new();
    private readonly Thread _thread;
    private readonly RemotePace _pace;
    private readonly IUsbDevice _device;
    private readonly Func<string?> _stopped;
    private Exception? _broken;
    private int _pausing;
    private volatile bool _ended;

    private ServedDevice(UsbHost host, IUsbDevice device, Func<ulong, bool> runUntil, Func<string?> stopped)
    {
        (Host, _device, _stopped) = (host, device, stopped);
        Exported = new(host);
        Server = new(Exported, 0, note: Notes.Add);
        _pace = new(host, Exported, runUntil);
        _pace.Connect(Server);
        host.Plug(device);
        _thread = new(Run) { IsBackground = true, Name = "bench" };
        _thread.Start();
        Await(() => Exported.Present, "the device appears");
    }

    /// <summary>A board with its own firmware.</summary>
    /// <param name="bootLoader">With the boot loader before it.</param>
    public static ServedDevice Firmware(string board, UsbSpeed port = UsbSpeed.High, bool bootLoader = false)
    {
        var machine = new Machine(BoardList.Find(board));
        var application = ElfFile.Read(BootedBoard.Firmware(board));
        if (bootLoader) machine.Load(ElfFile.Read(BootedBoard.Firmware("boot_" + board)), application);
        else machine.Load(application);
        machine.PowerOn();
        return new(new(machine.Time, port), machine.Usb, machine.RunUntil, () => machine.Stopped?.Message);
    }

    /// <summary>The device in software.</summary>
    public static ServedDevice Software(out FakeDevice device, UsbSpeed port = UsbSpeed.High)
    {
        var bench = new CableBench(port);
        device = bench.Device;
        return new(bench.Host, bench.Device, until =>
        {
            if (until > bench.Time.Now) bench.Run(until - bench.Time.Now);
            return true;
        }, () => null);
    }

    public UsbHost Host { get; }
    public ExportedDevice Exported { get; }
    public UsbIpServer Server { get; }
    public Messages Notes { get; } = new();

    public UsbIpClient Connect() => new(Server.Address.Port);

    public UsbIpClient Attached()
    {
        var client = Connect();
        Assert.Equal(0u, client.Import("1-1"));
        return client;
    }

    /// <summary>Once those who are still on their way have been dealt with.</summary>
    public UsbIpClient AttachedInTheEnd()
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            var client = Connect();
            if (client.TryImport("1-1") == 0) return client;
            client.Dispose();
            Assert.True(watch.Elapsed.TotalSeconds < 10, $"nobody gets the device any more\n{Notes}");
        }
    }

    /// <summary>Does something while the bench stands still.</summary>
    public void Paused(Action action)
    {
        Interlocked.Increment(ref _pausing);
        try
        {
            lock (_bench) action();
        }
        finally
        {
            Interlocked.Decrement(ref _pausing);
        }
    }

    public void Unplug() => Paused(Host.Unplug);
    public void Plug() => Paused(() => Host.Plug(_device));

    public void Await(Func<bool> condition, string what)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (bool so = false; !so; Thread.Sleep(1))
        {
            Assert.Null(_broken);
            Assert.True(watch.Elapsed.TotalSeconds < 20, $"it does not come: {what}\n{Notes}\n{_stopped()}");
            Paused(() => so = condition());
        }
    }

    public void AwaitNote(string part) => Await(() => Notes.Contains(part), $"the note \"{part}\"");

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        _pace.Dispose();
        Assert.True(_broken is null, _broken?.ToString());
        Assert.Null(_stopped());
    }

    private void Run()
    {
        try
        {
            while (!_ended)
            {
                if (Volatile.Read(ref _pausing) != 0) Thread.Sleep(1);
                lock (_bench)
                    if (!_pace.Round()) return;
            }
        }
        catch (Exception e)
        {
            _broken = e;
        }
    }

    /// <summary>What the bench would have printed.</summary>
    public sealed class Messages
    {
        private readonly ConcurrentQueue<string> _all = new();
        public void Add(string text) => _all.Enqueue(text);
        public bool Contains(string part) => _all.Any(t => t.Contains(part, StringComparison.Ordinal));
        public override string ToString() => string.Join("\n", _all);
    }
}
