using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Cli;

/// <summary>Notes when a light changes, for the summary.</summary>
internal sealed class LedWatch
{
    private readonly Machine _machine;
    private readonly Led _led;
    private ulong _since, _changes, _on, _off, _onTimes, _offTimes;
    private bool _lit, _complete;

    public LedWatch(Machine machine, Led led)
    {
        (_machine, _led, _lit, _since) = (machine, led, machine.IsLit(led.Name), machine.Time.Now);
        machine.Pin(led.Pin).Changed += change => Look(change.Time);
    }

    /// <summary>Mean times of the complete phases; the first and the last are cut.</summary>
    public override string ToString()
    {
        string name = $"LED {_led.Name} ({_led.Pin})";
        if (_changes == 0) return $"{name}: {(_lit ? "on" : "off")} all the time";
        if (_onTimes == 0 || _offTimes == 0) return $"{name}: {_changes} change{(_changes == 1 ? "" : "s")}, now {(_lit ? "on" : "off")}";
        ulong on = _on / _onTimes, off = _off / _offTimes;
        return $"{name}: blinks at {TimeBase.Second / (double)(on + off):F2} Hz, on {SimTime.Show(on)}, off {SimTime.Show(off)}, {_changes} changes";
    }

    private void Look(ulong time)
    {
        bool lit = _machine.IsLit(_led.Name);
        if (lit == _lit) return;
        ulong spent = time - _since;
        if (_complete && _lit) (_on, _onTimes) = (_on + spent, _onTimes + 1);
        else if (_complete) (_off, _offTimes) = (_off + spent, _offTimes + 1);
        (_complete, _lit, _since, _changes) = (true, lit, time, _changes + 1);
    }
}
