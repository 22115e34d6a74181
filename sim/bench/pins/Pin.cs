namespace SharpProbe.Sim.Pins;

/// <summary>A chip's pin. It has a wire of its own until the board connects it to another.</summary>
public sealed class Pin
{
    private readonly NetDriver _driver;
    private Action<NetChange>? _listeners;

    public Pin(string chip, string name, Nets nets)
    {
        (Name, FullName) = (name, $"{chip}.{name}");
        _driver = nets.Create(FullName).Attach(FullName);
    }

    /// <summary>"PA9".</summary>
    public string Name { get; }
    /// <summary>"F723.PA9".</summary>
    public string FullName { get; }
    public Net Net => _driver.Net;
    public Drive Drive => _driver.Drive;

    public void Set(Drive drive, ulong? time = null) => _driver.Set(drive, time);

    /// <summary>The level at the input buffer.</summary>
    public bool Read() => Net.Read(FullName);

    /// <summary>Changes of the wire that the pin is on, also after it was moved.</summary>
    public event Action<NetChange> Changed
    {
        add
        {
            if (_listeners is null) Net.Changed += Forward;
            _listeners += value;
        }
        remove
        {
            _listeners -= value;
            if (_listeners is null) Net.Changed -= Forward;
        }
    }

    /// <summary>Solders the pin to a wire of the board.</summary>
    public void Connect(Net net)
    {
        if (net == Net) return;
        if (_listeners is not null)
        {
            Net.Changed -= Forward;
            net.Changed += Forward;
        }
        _driver.MoveTo(net);
    }

    private void Forward(NetChange change) => _listeners?.Invoke(change);
}
