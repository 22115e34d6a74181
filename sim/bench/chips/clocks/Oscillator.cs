namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>A clock source that takes time to become ready: an oscillator or a PLL.</summary>
public sealed class Oscillator(TimeBase time, string name)
{
    private TimeBase.Event? _starting;
    private ulong _hertz;

    public string Name { get; } = name;
    public bool On { get; private set; }
    public bool Ready { get; private set; }

    /// <summary>Hz; 0 until ready.</summary>
    public ulong Hertz => Ready ? _hertz : 0;

    public event Action<Oscillator>? BecameReady;

    /// <summary>Turns it on. <paramref name="hertz"/>: 0 when nothing is there to oscillate: it never becomes ready. <paramref name="startUp"/>: femtoseconds.</summary>
    public void Start(ulong hertz, ulong startUp)
    {
        if (On) return;
        (On, _hertz) = (true, hertz);
        if (hertz != 0) _starting = time.After(startUp, Finish);
    }

    /// <summary>As after a reset that turns it on by itself: ready at once, without a word to anyone.</summary>
    public void StartReady(ulong hertz)
    {
        Stop();
        (On, Ready, _hertz) = (true, true, hertz);
    }

    public void Stop()
    {
        _starting?.Cancel();
        (On, Ready) = (false, false);
    }

    private void Finish()
    {
        Ready = true;
        BecameReady?.Invoke(this);
    }
}
