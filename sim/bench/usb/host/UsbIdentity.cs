namespace SharpProbe.Sim.Usb;

/// <summary>What a device has said of itself since the last reset.</summary>
public sealed class UsbIdentity
{
    private readonly SortedDictionary<int, string> _strings = [];

    public int Address { get; internal set; }
    public UsbDeviceDescriptor? Descriptor { get; internal set; }
    public UsbConfiguration? Configuration { get; internal set; }
    public UsbConfiguration? OtherSpeed { get; internal set; }
    public byte[] Qualifier { get; internal set; } = [];
    public byte[] Bos { get; internal set; } = [];
    public string Manufacturer => Text(Descriptor?.Manufacturer ?? 0);
    public string Product => Text(Descriptor?.Product ?? 0);
    public string Serial => Text(Descriptor?.Serial ?? 0);

    /// <summary>A string by index; empty for 0 and for one that could not be read.</summary>
    public string Text(int index) => _strings.GetValueOrDefault(index, "");

    internal List<UsbPipe> Pipes { get; } = [];

    internal bool Knows(int index) => _strings.ContainsKey(index);
    internal void Learn(int index, string text) => _strings[index] = text;
}
