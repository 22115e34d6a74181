namespace SharpProbe.Sim.Usb;

/// <summary>The last transactions and bus events. A host without one records nothing.</summary>
/// <param name="most">How many are kept.</param>
public sealed class UsbLog(int most = 100_000)
{
    private readonly Queue<object> _entries = new();

    public IEnumerable<UsbPacket> Packets => _entries.OfType<UsbPacket>();

    public override string ToString() => string.Join(Environment.NewLine, _entries);

    internal void Add(UsbPacket packet) => Put(packet);
    internal void Add(ulong time, string text) => Put($"{time / 1e9,14:F3} us  {text}");

    private void Put(object entry)
    {
        if (_entries.Count == most) _entries.Dequeue();
        _entries.Enqueue(entry);
    }
}
