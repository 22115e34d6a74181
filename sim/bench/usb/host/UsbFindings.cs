namespace SharpProbe.Sim.Usb;

/// <summary>What the host holds against the device, in sentences, each once.</summary>
public sealed class UsbFindings
{
    private readonly List<string> _all = [];
    private readonly HashSet<string> _known = [];

    public IReadOnlyList<string> All => _all;

    /// <summary>A finding stops the bench.</summary>
    public bool Strict { get; set; }

    /// <summary>Raised for each new one.</summary>
    public event Action<string>? Found;

    public void Clear()
    {
        _all.Clear();
        _known.Clear();
    }

    internal void Add(string sentence)
    {
        if (!_known.Add(sentence)) return;
        _all.Add(sentence);
        Found?.Invoke(sentence);
        if (Strict) throw new BenchStop($"USB host: {sentence}");
    }

    internal void Require(bool good, string sentence)
    {
        if (!good) Add(sentence);
    }
}
