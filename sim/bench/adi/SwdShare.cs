using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Adi;

/// <summary>
/// Several debug ports of one chip behind one SWDIO pin: what they do at one edge of SWCLK happens at once, so that ports that answer alike (each reads DPIDR to nobody in particular) are no
/// conflict, and ports that answer otherwise are.
/// </summary>
public sealed class SwdShare(Nets nets)
{
    private readonly List<SwdPort> _ports = [];
    private readonly List<(NetDriver Driver, Drive Drive)> _changes = [];
    private int _told;
    private ulong _time;

    internal void Add(SwdPort port) => _ports.Add(port);

    /// <param name="time">When it is seen on the wire.</param>
    internal void Post(NetDriver driver, Drive drive, ulong time)
    {
        _changes.Add((driver, drive));
        _time = time;
    }

    /// <summary>A port has seen the edge; after the last one the wire changes.</summary>
    internal void Told()
    {
        if (++_told < _ports.Count) return;
        _told = 0;
        if (_changes.Count == 0) return;
        var changes = _changes.ToArray();
        _changes.Clear();
        var net = changes[0].Driver.Net;
        var before = net.Level;
        nets.AtOnce(() =>
        {
            foreach (var (driver, drive) in changes) driver.Set(drive);
        }, _time);
        if (net.Level == before) return;
        foreach (var port in _ports) port.NoteOwnChange();
    }
}
