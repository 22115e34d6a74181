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

    /// <summary>The answer to Windows' vendor request; empty: the device has none.</summary>
    public byte[] MicrosoftSet { get; internal set; } = [];

    /// <summary>Interfaces that ask for WinUSB, with their GUIDs.</summary>
    public IReadOnlyDictionary<int, string> WinUsb { get; internal set; } = new Dictionary<int, string>();

    public string Manufacturer => Text(Descriptor?.Manufacturer ?? 0);
    public string Product => Text(Descriptor?.Product ?? 0);
    public string Serial => Text(Descriptor?.Serial ?? 0);

    /// <summary>A string by index; empty for 0 and for one that could not be read.</summary>
    public string Text(int index) => _strings.GetValueOrDefault(index, "");

    /// <summary>wIndex of the vendor request (MS_OS_20_DESCRIPTOR_INDEX).</summary>
    internal const int MicrosoftIndex = 7;

    /// <summary>Report descriptors of HID interfaces by their numbers.</summary>
    internal Dictionary<int, HidReport> Reports { get; } = [];

    internal List<UsbPipe> Pipes { get; } = [];

    internal bool Knows(int index) => _strings.ContainsKey(index);
    internal void Learn(int index, string text) => _strings[index] = text;
}
