using System.Collections.Concurrent;
using System.Diagnostics;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Remote;
using SharpProbe.Sim.Usb.Usbredir;
using SharpProbe.Tests.Boot;
using Xunit.Sdk;

namespace SharpProbe.Tests.Guest;

/// <summary>
/// A board with its own firmware and a target at its pins, whose USB cable ends in a guest. The bench runs on a thread of its own; what touches it from outside is done there,
/// between two slices of simulated time.
/// </summary>
internal sealed class GuestProbe : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _socket;
    private readonly RemotePace _pace;
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly List<string> _notes = [];
    private readonly Thread _thread;
    private RedirPort? _port;
    private volatile bool _ended;

    /// <param name="slot">The guest's USB port.</param>
    /// <param name="target">What is at the pins, by its name in <see cref="TargetList"/>.</param>
    /// <param name="bootLoader">The board's boot loader is in its flash too, and starts the application.</param>
    public GuestProbe(LinuxGuest guest, string board, int slot = 0, bool plug = true, bool bootLoader = false, string target = "stm32f103-clone")
    {
        _socket = guest.UsbSocket(slot);
        Machine = new(BoardList.Find(board));
        var application = ElfFile.Read(BootedBoard.Firmware(board));
        if (bootLoader) Machine.Load(ElfFile.Read(BootedBoard.Firmware("boot_" + board)), application);
        else Machine.Load(application);
        Machine.WasReset += (_, reason) => Note($"the probe resets: {reason}");
        Target = TargetList.Connect(Machine, target);
        Host = new(Machine.Time, UsbSpeed.High);
        Device = new(Host);
        _pace = new(Host, Device, Machine.RunUntil);
        _thread = new(Run) { IsBackground = true, Name = "bench of " + board };
        _thread.Start();
        if (plug) Plug();
    }

    public Machine Machine { get; }
    public SimTarget Target { get; }
    public UsbHost Host { get; }
    public ExportedDevice Device { get; }

    /// <summary>The probe's serial number.</summary>
    public string Serial => Bench(() => Device.Identity.Serial);

    /// <summary>As the factory wrote it into the chip: where two probes are to be told apart.</summary>
    public void SetUniqueId(byte[] id) => Bench(() => Machine.Load(id, Machine.Board.Name.Contains("_h7", StringComparison.Ordinal) ? 0x1FF1_E800u : 0x1FF0_7A10u));

    /// <summary>Puts the cable in and waits until the guest is offered the device.</summary>
    public void Plug()
    {
        Bench(() => Host.Plug(Machine.Usb));
        Until(() => Device.Present, "the probe does not enumerate");
        Bench(() =>
        {
            _port = RedirPort.Connect(Device, _socket, Note);
            _pace.Connect(_port);
        });
        Until(() => _port!.IsConnected, "QEMU does not take the device");
    }

    /// <summary>The bench's clock stands while the guest thinks: what passes is the probe's time.</summary>
    public void StandStill(bool stands, TimeSpan grace) => Bench(() => (_pace.StandsStill, _pace.Grace) = (stands, grace));

    /// <summary>Pulls the cable.</summary>
    public void Unplug() => Bench(() =>
    {
        if (_port is null) return;
        _pace.Disconnect(_port);
        _port.Dispose();
        _port = null;
        Host.Unplug();
    });

    /// <summary>Does something on the bench's thread.</summary>
    public T Bench<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>();
        _work.Enqueue(() =>
        {
            try { done.SetResult(action()); }
            catch (Exception e) { done.SetException(e); }
        });
        if (!done.Task.Wait(s_patience)) throw new XunitException($"the bench does not come round\n{Report()}");
        return done.Task.Result;
    }

    public void Bench(Action action) => Bench(() =>
    {
        action();
        return true;
    });

    /// <summary>Waits in real time until something is so on the bench.</summary>
    public void Until(Func<bool> condition, string otherwise)
    {
        for (var watch = Stopwatch.StartNew(); !Bench(condition); Thread.Sleep(1))
            if (watch.Elapsed > s_patience) throw new XunitException($"{otherwise}\n{Report()}");
    }

    /// <summary>What is wrong on the bench; empty when nothing is.</summary>
    public string Trouble => string.Join("\n", new[] { Machine.Stopped?.Message, Target.Stopped?.Message, _port?.Ended }.OfType<string>().Concat(Host.Findings.All.Select(f => f.ToString())));

    /// <summary>What happened, for a failed test's message.</summary>
    public string Report()
    {
        lock (_notes) return $"bench of {Machine.Board.Name}: {Machine.Time.Now / 1e15:F3} s simulated\n{string.Join("\n", _notes)}\n{Trouble}";
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        _port?.Dispose();
    }

    private void Note(string text)
    {
        lock (_notes) _notes.Add(text);
    }

    private void Run()
    {
        while (!_ended)
        {
            while (_work.TryDequeue(out var action)) action();
            if (Machine.Stopped is not null) Thread.Sleep(1);
            else _pace.Round();
        }
    }
}
