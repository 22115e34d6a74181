namespace SharpProbe.Sim.Usb;

/// <summary>What hosts of CMSIS-DAP look for (CMSIS-DAP 2.1, "Firmware for CoreSight Debug Access Port", USB configuration).</summary>
internal static class DapCheck
{
    private const string Name = "CMSIS-DAP";

    public static void Run(UsbInterface i, string text, string product, UsbFindings findings)
    {
        if (!text.Contains(Name)) return;
        void Require(bool good, string sentence) => findings.Require(good, $"CMSIS-DAP interface {i.Number}: {sentence}");

        switch (i.Class)
        {
            case 3:
                Require(product.Contains(Name), $"version 1 is found by the product's name, which is \"{product}\"");
                Require(i.Endpoints.Count == 2, $"{i.Endpoints.Count} endpoints; version 1 has one each way");
                break;
            case 0xFF:
                Require(i is { SubClass: 0, Protocol: 0 }, $"subclass {i.SubClass}, protocol {i.Protocol}; version 2 has zeros");
                Require(i.Endpoints.Count is 2 or 3 && i.Endpoints.All(e => e.Kind == UsbEndpointKind.Bulk), "version 2 has two or three bulk endpoints");
                Require(i.Endpoints.Select(e => e.IsIn).SequenceEqual(new[] { false, true, true }.Take(i.Endpoints.Count)), "the endpoints are not OUT, IN and then the IN for SWO, in this order");
                break;
            default:
                Require(false, $"its class is 0x{i.Class:X2}; 0x03 for version 1, 0xFF for version 2");
                break;
        }
    }
}
