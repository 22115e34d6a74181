using System.Diagnostics;

namespace SharpProbe.Sim.Usb.Remote;

/// <summary>
/// Moves the bench's time for a device that another host has: as fast as it goes while requests are under way, and never faster than real time otherwise. What a fast stretch
/// has gained is not waited for afterwards.
/// </summary>
/// <param name="runUntil">Runs the bench until a time in femtoseconds; false when it has stopped (Machine.RunUntil).</param>
public sealed class RemotePace(UsbHost host, ExportedDevice device, Func<ulong, bool> runUntil) : IDisposable
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly List<IRemotePort> _ports = [];
    private readonly Stopwatch _real = Stopwatch.StartNew();
    private (ulong Simulated, TimeSpan Real)? _paceFrom;

    /// <summary>Simulated time between two looks at the ports.</summary>
    public ulong Slice { get; set; } = 20 * Microsecond;

    /// <summary>Simulated time per real time at most, while nothing is under way.</summary>
    public double Pace { get; set; } = 1;

    /// <summary>
    /// The clock stands while it is the other host's turn (<see cref="ExportedDevice.Owes"/>), so that what passes is the probe's time and the cable's. A host that says nothing for
    /// <see cref="Grace"/> is given a millisecond at a time, for its timeouts and polls.
    /// </summary>
    public bool StandsStill { get; set; }

    /// <summary>Real time.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(100);

    public void Connect(IRemotePort port) => _ports.Add(port);

    public void Disconnect(IRemotePort port) => _ports.Remove(port);

    /// <summary>Runs until told to end. False: the bench has stopped.</summary>
    public bool Run(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
            if (!Round()) return false;
        return true;
    }

    /// <summary>A look at the ports, then some time: at most about a millisecond of real time and 20 of waiting.</summary>
    public bool Round()
    {
        bool any = Pump();
        if (StandsStill) return Still();
        return any || device.Busy ? Hurry() : Idle();
    }

    public void Dispose()
    {
        foreach (var port in _ports) port.Dispose();
    }

    /// <summary>Moves requests and answers only, for a loop that moves time by itself.</summary>
    public bool Pump()
    {
        bool any = false;
        foreach (var port in _ports) any |= port.Pump();
        return any;
    }

    private bool Hurry()
    {
        _paceFrom = null;
        var end = _real.Elapsed + TimeSpan.FromMilliseconds(1);
        do
        {
            if (!runUntil(host.Time.Now + Slice)) return false;
            Pump();
        }
        while (device.Busy && _real.Elapsed < end);
        return true;
    }

    private bool Still()
    {
        _paceFrom = null;
        for (var end = _real.Elapsed + TimeSpan.FromMilliseconds(1); device.Owes && _real.Elapsed < end; Pump())
            if (!runUntil(host.Time.Now + Slice)) return false;
        if (device.Owes) return true;
        for (var end = _real.Elapsed + Grace; _real.Elapsed < end; Wait(1))
            if (Pump()) return true;
        return runUntil(host.Time.Now + 1000 * Microsecond);
    }

    private bool Idle()
    {
        var from = _paceFrom ??= (host.Time.Now, _real.Elapsed);
        if (!runUntil(host.Time.Now + 5 * Slice)) return false;
        double ahead = (host.Time.Now - from.Simulated) / 1e15 / Pace - (_real.Elapsed - from.Real).TotalSeconds;
        if (ahead >= 0.001) Wait((int)Math.Min(ahead * 1000, 20));
        // A bench slower than the board does not hurry afterwards.
        else if (ahead < -0.1) _paceFrom = null;
        return true;
    }

    private void Wait(int milliseconds)
    {
        if (_ports.Count == 1)
        {
            _ports[0].Wait(milliseconds);
            return;
        }
        for (var end = _real.Elapsed + TimeSpan.FromMilliseconds(milliseconds); _real.Elapsed < end; Thread.Sleep(1))
            if (_ports.Exists(p => p.Wait(0))) return;
    }
}
