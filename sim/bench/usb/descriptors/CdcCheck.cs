namespace SharpProbe.Sim.Usb;

/// <summary>A CDC-ACM control interface and its functional descriptors (CDC 1.2, 5.2; PSTN 1.2, 5.3).</summary>
internal sealed class CdcCheck(UsbConfiguration configuration, UsbInterface control, UsbFindings findings)
{
    private const int Header = 0, CallManagement = 1, Acm = 2, Union = 6;

    /// <summary>bmCapabilities.</summary>
    public int Capabilities { get; private set; }
    public UsbInterface? Data { get; private set; }
    public UsbEndpoint? Notify => control.Endpoints.FirstOrDefault();

    public void Run()
    {
        foreach (byte[] f in control.Functional)
            Require(f.Length >= 3 && f[1] == UsbDescriptorType.ClassInterface, $"a descriptor of {f.Length} bytes, type 0x{f[1]:X2}, between the interface and its endpoint");
        Require(control.Functional.Count > 0 && Subtype(control.Functional[0]) == Header, "the header functional descriptor does not come first (CDC 1.2, 5.2.3)");
        if (Find(Header, 5) is { } header) Require(header[3] == 0x10 && header[4] == 1 || header[3] == 0x20 && header[4] == 1, $"bcdCDC is 0x{header[4]:X2}{header[3]:X2}");
        if (Find(Acm, 4) is { } acm) Capabilities = acm[3];
        Require((Capabilities & 0xF0) == 0, $"ACM bmCapabilities is 0x{Capabilities:X2}; bits 7 to 4 are zero");
        if (Find(Union, 5) is not { } union) return;
        Require(union[3] == control.Number, $"the union names {union[3]} as its control interface");
        Data = configuration.Interfaces.Find(i => i.Number == union[4] && i.Alternate == 0);
        Require(Data is { Class: 0x0A }, $"the union's interface {union[4]} is {(Data is null ? "not there" : $"of class 0x{Data.Class:X2}, not 0x0A")}");
        if (Find(CallManagement, 5) is { } call) Require(call[4] == union[4], $"call management names data interface {call[4]}, the union {union[4]}");
        var group = configuration.Associations.Find(a => a.First == control.Number);
        Require(configuration.InterfaceCount == 2 || group is not null, "no interface association though there are other functions");
        if (group is not null) Require(group.Count == 2 && union[4] == control.Number + 1, "the association does not cover exactly the control and the data interface");
        Require(control.Endpoints.Count == 1 && Notify is { IsIn: true, Kind: UsbEndpointKind.Interrupt }, "it has no interrupt IN endpoint of its own");
        if (Data is null) return;
        bool pair = Data.Endpoints.Count == 2 && Data.Endpoints.All(e => e.Kind == UsbEndpointKind.Bulk) && Data.Endpoints.Count(e => e.IsIn) == 1;
        Require(pair, $"data interface {Data.Number} has not one bulk IN and one bulk OUT endpoint");
        if (!pair) Data = null;
    }

    private static int Subtype(byte[] f) => f.Length > 2 ? f[2] : -1;

    private byte[]? Find(int subtype, int size)
    {
        var all = control.Functional.FindAll(f => Subtype(f) == subtype);
        if (all.Count != 1 || all[0].Length != size)
        {
            findings.Add($"CDC interface {control.Number}: functional descriptor {subtype}: {(all.Count == 1 ? $"{all[0].Length} bytes, {size} are due" : $"{all.Count} of them, one is due")}");
            return null;
        }
        return all[0];
    }

    private void Require(bool good, string sentence) => findings.Require(good, $"CDC interface {control.Number}: {sentence}");
}
