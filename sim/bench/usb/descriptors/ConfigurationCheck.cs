namespace SharpProbe.Sim.Usb;

/// <summary>A configuration's numbers against each other and against USB 2.0, 9.6.3 to 9.6.6; at the speed it is for.</summary>
internal sealed class ConfigurationCheck(UsbConfiguration configuration, byte type, UsbSpeed speed, UsbFindings findings)
{
    private readonly string _name = $"{(type == UsbDescriptorType.OtherSpeed ? "other_speed_configuration" : "configuration")} ({speed.ToString().ToLowerInvariant()} speed)";

    public void Run()
    {
        var bytes = configuration.Bytes;
        Require(bytes[0] == 9, $"bLength is {bytes[0]}, not 9");
        Require(bytes[1] == type, $"bDescriptorType is {bytes[1]}, not {type}");
        Require(configuration.TotalLength == bytes.Length, $"wTotalLength is {configuration.TotalLength}, {bytes.Length} bytes came");
        Require(configuration.Value != 0, "bConfigurationValue is 0, which means unconfigured");
        Require((configuration.Attributes & 0x9F) == 0x80, $"bmAttributes is 0x{configuration.Attributes:X2}: bit 7 is one, bits 4 to 0 are zero (table 9-10)");
        Require(configuration.MaxPower <= 500, $"bMaxPower asks for {configuration.MaxPower} mA");
        Interfaces();
        Associations();
        Endpoints();
    }

    private void Interfaces()
    {
        int[] numbers = [.. configuration.Interfaces.Select(i => i.Number).Distinct()];
        Require(numbers.Length == configuration.InterfaceCount, $"bNumInterfaces is {configuration.InterfaceCount}, {numbers.Length} are described");
        Require(numbers.SequenceEqual(Enumerable.Range(0, numbers.Length)), $"interfaces are numbered {string.Join(", ", numbers)}, not from 0 upwards");
        foreach (var group in configuration.Interfaces.GroupBy(i => i.Number))
            Require(group.Select(i => i.Alternate).SequenceEqual(Enumerable.Range(0, group.Count())), $"interface {group.Key}: alternate settings are {string.Join(", ", group.Select(i => i.Alternate))}");
        foreach (var i in configuration.Interfaces)
        {
            Require(i.EndpointCount == i.Endpoints.Count, $"interface {i.Number}: bNumEndpoints is {i.EndpointCount}, {i.Endpoints.Count} are described");
            Require(i.Class != 0, $"interface {i.Number}: bInterfaceClass 0 is reserved");
        }
    }

    private void Associations()
    {
        var taken = new HashSet<int>();
        foreach (var a in configuration.Associations)
        {
            Require(a.Count >= 2, $"interface association at {a.First}: {a.Count} interfaces are no group");
            for (int n = a.First; n < a.First + a.Count; n++)
            {
                Require(taken.Add(n), $"interface {n} belongs to two associations");
                Require(configuration.Interfaces.Any(i => i.Number == n), $"interface association at {a.First}: there is no interface {n}");
            }
            if (configuration.Interfaces.Find(i => i.Number == a.First) is { } first)
                Require((a.Class, a.SubClass, a.Protocol) == (first.Class, first.SubClass, first.Protocol), $"interface association at {a.First}: class {a.Class:X2}.{a.SubClass:X2}.{a.Protocol:X2}, its first interface has {first.Class:X2}.{first.SubClass:X2}.{first.Protocol:X2}");
        }
    }

    private void Endpoints()
    {
        foreach (var group in configuration.Interfaces.SelectMany(i => i.Endpoints.Select(e => (i, e))).GroupBy(x => x.e.Address))
            Require(group.Select(x => x.i.Number).Distinct().Count() == 1 && group.Select(x => x.i.Alternate).Distinct().Count() == group.Count(), $"endpoint 0x{group.Key:X2} is there {group.Count()} times");
        foreach (var e in configuration.Interfaces.SelectMany(i => i.Endpoints)) Endpoint(e);
    }

    // USB 2.0, 5.5.3 to 5.8.3 and table 9-13.
    private void Endpoint(UsbEndpoint e)
    {
        string at = $"endpoint 0x{e.Address:X2}";
        Require((e.Address & 0x70) == 0 && (e.Address & 15) != 0, $"{at}: the address is none");
        Require(e.Kind == UsbEndpointKind.Isochronous || (e.Attributes & 0xFC) == 0, $"{at}: bmAttributes is 0x{e.Attributes:X2}");
        Require((e.MaxPacketField & 0xE000) == 0, $"{at}: wMaxPacketSize is 0x{e.MaxPacketField:X4}; bits 15 to 13 are reserved");
        int extra = e.MaxPacketField >> 11 & 3;
        bool periodicHigh = speed == UsbSpeed.High && e.Kind is UsbEndpointKind.Interrupt or UsbEndpointKind.Isochronous;
        Require(extra == 0 || periodicHigh && extra < 3, $"{at}: wMaxPacketSize asks for {extra} more transactions a microframe");
        switch (e.Kind)
        {
            case UsbEndpointKind.Control:
                Require(false, $"{at}: a second control endpoint");
                break;
            case UsbEndpointKind.Bulk:
                Require(speed == UsbSpeed.High ? e.MaxPacket == 512 : e.MaxPacket is 8 or 16 or 32 or 64, $"{at}: bulk with wMaxPacketSize {e.MaxPacket}; {(speed == UsbSpeed.High ? "512 is the only one" : "8, 16, 32 or 64")}");
                break;
            case UsbEndpointKind.Interrupt:
                Require(e.MaxPacket > 0 && e.MaxPacket <= (speed == UsbSpeed.High ? 1024 : 64), $"{at}: interrupt with wMaxPacketSize {e.MaxPacket}");
                Require(speed == UsbSpeed.High ? e.Interval is >= 1 and <= 16 : e.Interval >= 1, $"{at}: bInterval is {e.Interval}; {(speed == UsbSpeed.High ? "an exponent of 1 to 16" : "1 to 255 ms")}");
                break;
        }
    }

    private void Require(bool good, string sentence) => findings.Require(good, $"{_name}: {sentence}");
}
