namespace SharpProbe.Sim.Pins;

/// <summary>All wires of a bench, by name, and what happens when one is misused.</summary>
public sealed class Nets(TimeBase time)
{
    private readonly Dictionary<string, Net> _nets = [];
    private readonly List<Net> _held = [];
    private readonly Queue<NetChange> _untold = [];
    private bool _holding, _telling;
    private ulong _last;

    public TimeBase Time { get; } = time;
    public IReadOnlyCollection<Net> All => _nets.Values;

    /// <summary>True: two output stages against each other stop the bench. A board whose experiment is just that turns it off and listens to <see cref="Conflict"/>.</summary>
    public bool ConflictStops { get; set; } = true;

    /// <summary>The wire, and a sentence that names the opponents.</summary>
    public event Action<Net, string>? Conflict;

    /// <summary>The wire that was read while nothing drives it, and who read it.</summary>
    public event Action<Net, string>? FloatingRead;

    public Net Create(string name)
    {
        var net = new Net(name, this);
        _nets.Add(name, net);
        return net;
    }

    public Net this[string name] => _nets.TryGetValue(name, out var net) ? net : throw new KeyNotFoundException($"no wire is named {name}");

    public bool Contains(string name) => _nets.ContainsKey(name);

    /// <summary>
    /// Runs changes that happen at one instant, e.g. one store that switches several pins: wires get their levels only after all of them,
    /// so that two pins on one wire that turn together are no conflict.
    /// </summary>
    /// <param name="time">Of the wires' changes; null: now.</param>
    public void AtOnce(Action changes, ulong? time = null)
    {
        _holding = true;
        try
        {
            changes();
        }
        finally
        {
            _holding = false;
        }
        foreach (var net in _held.ToArray())
        {
            _held.Remove(net);
            net.Resolve(time);
        }
    }

    /// <summary>True while <see cref="AtOnce"/> collects: the wire is resolved later.</summary>
    internal bool Hold(Net net)
    {
        if (_holding && !_held.Contains(net)) _held.Add(net);
        return _holding;
    }

    /// <summary>A change's time: as given, but never before an earlier change (the core stops some cycles after an event was due).</summary>
    internal ulong Stamp(ulong? time) => _last = Math.Max(_last, time ?? Time.Now);

    /// <summary>Tells a change to its wire's listeners, after those of the changes before it.</summary>
    internal void Tell(in NetChange change)
    {
        if (_telling)
        {
            _untold.Enqueue(change);
            return;
        }
        _telling = true;
        try
        {
            change.Net.Raise(change);
            while (_untold.TryDequeue(out var next)) next.Net.Raise(next);
        }
        finally
        {
            _telling = false;
            _untold.Clear();        // not empty only after an exception
        }
    }

    internal void ReportConflict(Net net)
    {
        string who = string.Join(" and ", net.Drivers.Where(d => d.Drive is Drive.Low or Drive.High).Select(d => $"{d.Owner} ({d.Drive})"));
        string message = $"wire {net.Name}: {who} drive against each other";
        Conflict?.Invoke(net, message);
        if (ConflictStops) throw new BenchStop(message);
    }

    internal void ReportFloating(Net net, string reader) => FloatingRead?.Invoke(net, reader);
}
