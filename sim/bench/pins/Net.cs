namespace SharpProbe.Sim.Pins;

/// <summary>A wire. Its level follows from its members' drives; who listens is told of every change with the simulated time.</summary>
public sealed class Net
{
    private readonly Nets _nets;
    private readonly List<NetDriver> _drivers = [];
    private bool _kept, _floatReported;

    internal Net(string name, Nets nets) => (Name, _nets) = (name, nets);

    public string Name { get; }
    public Level Level { get; private set; }
    public IReadOnlyList<NetDriver> Drivers => _drivers;

    /// <summary>Raised after each change of <see cref="Level"/>. Everybody is told of one change before anybody is of a later one, also if a listener makes that.</summary>
    public event Action<NetChange>? Changed;

    /// <summary>Adds a member that does nothing yet.</summary>
    public NetDriver Attach(string owner)
    {
        var driver = new NetDriver(owner, this);
        _drivers.Add(driver);
        return driver;
    }

    /// <summary>Adds a resistor or another fixed drive.</summary>
    public NetDriver Attach(string owner, Drive drive)
    {
        var driver = Attach(owner);
        driver.Set(drive);
        return driver;
    }

    /// <summary>
    /// The level as an input buffer reports it. A floating wire gives the level it had last (low before any), and <see cref="Nets.FloatingRead"/>
    /// names it, once for each time it is left floating.
    /// </summary>
    public bool Read(string reader)
    {
        if (Level == Level.Floating && !_floatReported)
        {
            _floatReported = true;
            if (_drivers.Count > 1) _nets.ReportFloating(this, reader);
        }
        return _kept;
    }

    /// <summary>As <see cref="Read"/>, for onlookers: reports nothing.</summary>
    public bool IsHigh => _kept;

    internal void Add(NetDriver driver)
    {
        _drivers.Add(driver);
        Resolve(null);
    }

    internal void Remove(NetDriver driver)
    {
        _drivers.Remove(driver);
        Resolve(null);
    }

    internal void Resolve(ulong? time)
    {
        if (_nets.Hold(this)) return;
        var before = Level;
        var after = Weigh();
        if (after == before) return;
        Level = after;
        if (after == Level.Floating) _floatReported = false;
        else if (after == Level.Conflict) _nets.ReportConflict(this);
        else _kept = after == Level.High;
        ulong stamp = _nets.Stamp(time);
        if (Changed is not null) _nets.Tell(new(this, before, after, stamp));
    }

    internal void Raise(in NetChange change) => Changed?.Invoke(change);

    private Level Weigh()
    {
        // A bit for each drive present; the strongest pair that has a bit decides.
        int seen = 0;
        foreach (var d in _drivers) seen |= 1 << (int)d.Drive;
        for (int low = (int)Drive.Low; low >= (int)Drive.PullDown; low -= 2)
            switch (seen >> low & 3)
            {
                case 1: return Level.Low;
                case 2: return Level.High;
                case 3: return low == (int)Drive.Low ? Level.Conflict : Level.Floating;
            }
        return Level.Floating;
    }
}
