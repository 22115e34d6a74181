using System.Diagnostics;

namespace SharpProbe.Sim.Usb;

/// <summary>
/// Moves the bench's time while real programs are its peers. By default the clock stands still while a program thinks: it runs as long as the probe owes an answer or
/// bytes are under way, then waits for the program in real time; a program that says nothing for <see cref="Grace"/> is given <see cref="Step"/> of simulated time
/// after each, so that timeouts and polls go on. What is measured on a port then holds no time of the program.
/// </summary>
/// <param name="runUntil">Runs the bench until a time in femtoseconds; false when it has stopped (Machine.RunUntil).</param>
public sealed class HostPace(UsbHost host, Func<ulong, bool> runUntil) : IDisposable
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly List<PeerLink> _links = [];
    private readonly Stopwatch _real = Stopwatch.StartNew();
    private (ulong Simulated, TimeSpan Real)? _paceFrom;

    /// <summary>Real time without a byte from the program before simulated time goes a step on.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>That step, in femtoseconds.</summary>
    public ulong Step { get; set; } = 1000 * Microsecond;

    /// <summary>Simulated time between two looks whether the device has answered: the error of a measured round trip.</summary>
    public ulong Slice { get; set; } = 5 * Microsecond;

    /// <summary>Simulated time per real time at most, also while programs think. Null (default): the standing clock.</summary>
    public double? Pace { get; set; }

    /// <summary>Offers a port to a real program: connecting opens the port.</summary>
    /// <param name="turn">How to tell whose turn it is; default <see cref="QuietTurn"/>. For gdb <see cref="RspTurn"/>.</param>
    public void Connect(CdcPort port, IHostPeer peer, PeerTurn? turn = null) => _links.Add(new(port, peer, turn ?? new QuietTurn(), host.Time));

    /// <summary>Runs rounds until told to end. False: the bench has stopped.</summary>
    public bool Run(CancellationToken ended, ulong until = ulong.MaxValue)
    {
        while (!ended.IsCancellationRequested && host.Time.Now < until)
            if (!Round()) return false;
        return true;
    }

    /// <summary>Runs in simulated time, with no regard to programs' thinking, until something is so. False: it did not come within the limit, or the bench stopped.</summary>
    public bool Until(Func<bool> condition, ulong limit)
    {
        for (ulong end = host.Time.Now + limit; !condition();)
        {
            if (host.Time.Now >= end) return false;
            Pump();
            if (!runUntil(host.Time.Now + Slice)) return false;
        }
        return true;
    }

    public void Dispose()
    {
        foreach (var link in _links) link.Peer.Dispose();
    }

    /// <summary>Carries bytes only, for a loop that moves time by itself.</summary>
    public void Pump()
    {
        foreach (var link in _links) link.Pump();
    }

    /// <summary>A look at the programs, then some time: at most a millisecond of each kind, or the grace.</summary>
    public bool Round()
    {
        bool any = false;
        foreach (var link in _links) any |= link.Pump();
        if (Pace is { } pace) return RealTime(pace);
        if (_links.Any(l => l.HasBytesForPeer)) return WaitForRoom() || runUntil(host.Time.Now + Step);
        if (any || IsActive) return Busy();
        return WaitForPrograms() || runUntil(host.Time.Now + Step);
    }

    private bool IsActive => host.Busy || _links.Any(l => l.DeviceOwes && l.Port.IsOpen);

    private bool Busy()
    {
        var end = _real.Elapsed + TimeSpan.FromMilliseconds(1);
        do
        {
            if (!runUntil(host.Time.Now + Slice)) return false;
        }
        while (!_links.Any(l => l.Port.Available > 0) && IsActive && _real.Elapsed < end);
        return true;
    }

    /// <summary>A program that does not read as fast as the bench writes costs real time only, up to the grace.</summary>
    private bool WaitForRoom()
    {
        for (var end = _real.Elapsed + Grace; _real.Elapsed < end; Thread.Sleep(0))
        {
            Pump();
            if (!_links.Any(l => l.HasBytesForPeer)) return true;
        }
        return false;
    }

    private bool WaitForPrograms()
    {
        var end = _real.Elapsed + Grace;
        if (_links.Count == 1) return _links[0].Peer.Wait((int)Grace.TotalMilliseconds) && _links[0].Port.IsBound;
        do
        {
            foreach (var link in _links)
                if (link.Port.IsBound && link.Peer.IsConnected && link.Peer.Wait(0) || link.Peer.IsConnected != link.Port.IsOpen && link.Port.IsBound) return true;
            Thread.Sleep(1);
        }
        while (_real.Elapsed < end);
        return false;
    }

    private bool RealTime(double pace)
    {
        var from = _paceFrom ??= (host.Time.Now, _real.Elapsed);
        for (ulong end = host.Time.Now + 1000 * Microsecond; host.Time.Now < end;)
        {
            if (!runUntil(Math.Min(end, host.Time.Now + 100 * Microsecond))) return false;
            if (_links.Any(l => l.Port.Available > 0)) break;
        }
        double ahead = (host.Time.Now - from.Simulated) / 1e15 / pace - (_real.Elapsed - from.Real).TotalSeconds;
        if (ahead > 0.001) Thread.Sleep(TimeSpan.FromSeconds(Math.Min(ahead, 0.1)));
        // A bench slower than the board does not hurry afterwards.
        else if (ahead < -0.1) _paceFrom = (host.Time.Now, _real.Elapsed);
        return true;
    }
}
