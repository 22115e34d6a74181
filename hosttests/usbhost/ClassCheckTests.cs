using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The host's checks of HID, DFU, CMSIS-DAP and MS OS 2.0 descriptors: sound ones pass, and each fault is found.</summary>
public class ClassCheckTests
{
    private static readonly byte[] s_mouse =
    [
        0x05, 0x01, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x01, 0xA1, 0x00, 0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x15, 0x00, 0x25, 0x01, 0x95, 0x03, 0x75, 0x01, 0x81, 0x02,
        0x95, 0x01, 0x75, 0x05, 0x81, 0x01, 0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15, 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x02, 0x81, 0x06, 0xC0, 0xC0,
    ];

    private static readonly byte[] s_hid = [9, 0x21, 0x11, 0x01, 0, 1, 0x22, 50, 0];
    private static readonly byte[] s_dfu = [9, 0x21, 0x0B, 0xFF, 0, 0, 8, 0x10, 0x01];

    private static IReadOnlyList<string> Report(params byte[] bytes)
    {
        var findings = new UsbFindings();
        _ = new HidReport(bytes, "report", findings);
        return findings.All;
    }

    [Fact]
    public void The_mouse_of_the_HID_specification_has_an_input_report_of_3_bytes()
    {
        var findings = new UsbFindings();
        var report = new HidReport(s_mouse, "report", findings);
        Assert.Empty(findings.All);
        Assert.Equal((3, 0, 0), (report.Input, report.Output, report.Feature));
    }

    [Theory]
    [InlineData(49, 0x09, "1 bytes of data; 0 are left")]
    [InlineData(48, 0x05, "collections are not closed")]
    [InlineData(5, 0x00, "the outermost collection is of kind 0")]
    [InlineData(21, 4, "no whole bytes")]
    [InlineData(19, 0, "logical minimum 0 and maximum 0")]
    public void A_wrong_byte_in_a_report_descriptor_is_found(int offset, byte value, string finding)
    {
        byte[] bytes = [.. s_mouse];
        bytes[offset] = value;
        Assert.Contains(Report(bytes), f => f.Contains(finding));
    }

    [Fact]
    public void A_report_descriptor_without_a_collection_is_found() => Assert.Contains(Report(0x75, 0x08, 0x95, 0x01, 0x81, 0x02), f => f.Contains("outside of every collection"));

    [Fact]
    public void An_end_of_a_collection_too_many_is_found() => Assert.Contains(Report([.. s_mouse, 0xC0]), f => f.Contains("that was not begun"));

    private static UsbConfiguration Configuration(UsbFindings findings, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        return new([9, 2, (byte)(9 + body.Length), 0, 1, 1, 0, 0x80, 50, .. body], "configuration", findings);
    }

    private static byte[] Interface(byte endpoints, byte kind, byte subclass, byte protocol) => [9, 4, 0, 0, endpoints, kind, subclass, protocol, 4];

    private static byte[] Endpoint(byte address, byte kind) => [7, 5, address, kind, 64, 0, 1];

    private static IReadOnlyList<string> Hid(byte[] hid, byte[] endpoint, byte subclass = 0, byte protocol = 0)
    {
        var findings = new UsbFindings();
        new HidCheck(Configuration(findings, Interface(1, 3, subclass, protocol), hid, endpoint).Interfaces[0], findings).Run();
        return findings.All;
    }

    [Fact]
    public void A_sound_HID_interface_passes() => Assert.Empty(Hid(s_hid, Endpoint(0x81, 3)));

    [Fact]
    public void Faults_of_a_HID_interface_are_found()
    {
        Assert.Contains(Hid(s_hid, Endpoint(0x81, 2)), f => f.Contains("no interrupt endpoint"));
        Assert.Contains(Hid(s_hid, Endpoint(0x01, 3)), f => f.Contains("not exactly one interrupt IN"));
        Assert.Contains(Hid([], Endpoint(0x81, 3)), f => f.Contains("0 HID descriptors"));
        Assert.Contains(Hid([9, 0x21, 0x11, 0x01, 0, 2, 0x22, 50, 0], Endpoint(0x81, 3)), f => f.Contains("9 bytes for 2 class descriptors"));
        Assert.Contains(Hid([9, 0x21, 0x00, 0x02, 0, 1, 0x22, 50, 0], Endpoint(0x81, 3)), f => f.Contains("bcdHID is 0x0200"));
        Assert.Contains(Hid([9, 0x21, 0x11, 0x01, 0, 1, 0x23, 50, 0], Endpoint(0x81, 3)), f => f.Contains("no report descriptor"));
        Assert.Contains(Hid(s_hid, Endpoint(0x81, 3), subclass: 0, protocol: 1), f => f.Contains("without a boot interface"));
        Assert.Contains(Hid(s_hid, Endpoint(0x81, 3), subclass: 2), f => f.Contains("bInterfaceSubClass is 2"));
    }

    private static IReadOnlyList<string> Dfu(byte[] functional, byte protocol = 1, byte endpoints = 0)
    {
        var findings = new UsbFindings();
        var configuration = Configuration(findings, Interface(endpoints, 0xFE, 1, protocol), functional);
        DfuCheck.Run(configuration, configuration.Interfaces[0], 64, findings);
        return findings.All;
    }

    [Fact]
    public void A_sound_DFU_interface_passes() => Assert.Empty(Dfu(s_dfu));

    [Fact]
    public void Faults_of_a_DFU_interface_are_found()
    {
        Assert.Contains(Dfu([]), f => f.Contains("no functional descriptor"));
        Assert.Contains(Dfu([7, 0x21, 0x0B, 0xFF, 0, 0, 8]), f => f.Contains("7 bytes"));
        Assert.Contains(Dfu([9, 0x21, 0x1B, 0xFF, 0, 0, 8, 0x10, 0x01]), f => f.Contains("bmAttributes is 0x1B"));
        Assert.Contains(Dfu([9, 0x21, 0x08, 0xFF, 0, 0, 8, 0x10, 0x01]), f => f.Contains("neither download nor upload"));
        Assert.Contains(Dfu([9, 0x21, 0x0B, 0xFF, 0, 32, 0, 0x10, 0x01]), f => f.Contains("wTransferSize is 32"));
        Assert.Contains(Dfu([9, 0x21, 0x0B, 0xFF, 0, 0, 8, 0x00, 0x02]), f => f.Contains("bcdDFUVersion is 0x0200"));
        Assert.Contains(Dfu(s_dfu, protocol: 3), f => f.Contains("bInterfaceProtocol is 3"));
        Assert.Contains(Dfu(s_dfu, endpoints: 1), f => f.Contains("1 endpoints"));
    }

    private static IReadOnlyList<string> Dap(string text, string product, byte kind, params byte[][] endpoints)
    {
        var findings = new UsbFindings();
        var i = Configuration(findings, [Interface((byte)endpoints.Length, kind, 0, 0), .. endpoints]).Interfaces[0];
        DapCheck.Run(i, text, product, findings);
        return findings.All;
    }

    [Fact]
    public void CMSIS_DAP_interfaces_are_checked_by_what_hosts_look_for()
    {
        byte[] bulkOut = Endpoint(0x01, 2), bulkIn = Endpoint(0x81, 2), swo = Endpoint(0x82, 2);
        Assert.Empty(Dap("CMSIS-DAP v2", "Probe", 0xFF, bulkOut, bulkIn));
        Assert.Empty(Dap("CMSIS-DAP v2", "Probe", 0xFF, bulkOut, bulkIn, swo));
        Assert.Empty(Dap("something else", "Probe", 0xFF, bulkIn, bulkOut));
        Assert.Contains(Dap("CMSIS-DAP v2", "Probe", 0xFF, bulkIn, bulkOut), f => f.Contains("in this order"));
        Assert.Contains(Dap("CMSIS-DAP v2", "Probe", 0xFF, bulkOut), f => f.Contains("two or three bulk endpoints"));
        Assert.Contains(Dap("CMSIS-DAP", "Probe", 3, Endpoint(0x81, 3), Endpoint(1, 3)), f => f.Contains("the product's name"));
    }

    private static byte[] Wide(string text) => System.Text.Encoding.Unicode.GetBytes(text);

    private static byte[] Set()
    {
        byte[] guid = [132, 0, 4, 0, 7, 0, 42, 0, .. Wide("DeviceInterfaceGUIDs\0"), 80, 0, .. Wide("{01234567-89AB-CDEF-0123-456789ABCDEF}\0\0")];
        return [10, 0, 0, 0, 0, 0, 3, 6, 178, 0, 8, 0, 1, 0, 0, 0, 168, 0, 8, 0, 2, 0, 0, 0, 160, 0, 20, 0, 3, 0, .. "WINUSB\0\0"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. guid];
    }

    private static (IReadOnlyList<string> Findings, IReadOnlyDictionary<int, string> WinUsb) Microsoft(byte[] set, int? announced = null)
    {
        var findings = new UsbFindings();
        var check = new MicrosoftCheck(Configuration(findings, Interface(0, 0xFF, 0, 0)), findings);
        check.Run(set, announced ?? set.Length);
        return (findings.All, check.WinUsb);
    }

    [Fact]
    public void A_sound_descriptor_set_asks_for_WinUSB()
    {
        var (findings, winUsb) = Microsoft(Set());
        Assert.Empty(findings);
        Assert.Equal("{01234567-89AB-CDEF-0123-456789ABCDEF}", winUsb[0]);
    }

    [Theory]
    [InlineData(0, 12, "does not begin with a set header")]
    [InlineData(8, 177, "wTotalLength is 177")]
    [InlineData(14, 1, "wants the index of the configuration")]
    [InlineData(16, 167, "are left in its parent")]
    [InlineData(16, 169, "are left in its parent")]
    [InlineData(20, 1, "a subset of type 1 inside one of type 1")]
    [InlineData(22, 3, "interface 3, which is not there")]
    [InlineData(24, 161, "are left in its parent")]
    [InlineData(26, 19, "a compatible id of 19 bytes")]
    [InlineData(30, (byte)'w', "only capitals")]
    [InlineData(28, 9, "unknown type 9")]
    [InlineData(50, 1, "is no REG_MULTI_SZ")]
    [InlineData(52, 40, "a registry property of 132 bytes")]
    [InlineData(98, (byte)'(', "without a DeviceInterfaceGUIDs")]
    public void A_wrong_byte_in_a_descriptor_set_is_found(int offset, byte value, string finding)
    {
        byte[] set = Set();
        set[offset] = value;
        var findings = Microsoft(set).Findings;
        Assert.True(findings.Any(f => f.Contains(finding)), string.Join("\n", findings));
    }

    [Fact]
    public void A_set_of_another_length_than_announced_is_found() => Assert.Contains(Microsoft(Set(), 200).Findings, f => f.Contains("178 bytes came, 200 are announced"));

    [Fact]
    public void No_cut_of_a_descriptor_set_passes_or_throws()
    {
        byte[] set = Set();
        for (int length = 0; length < set.Length; length++) Assert.NotEmpty(Microsoft(set[..length]).Findings);
    }

    [Fact]
    public void No_change_of_a_report_descriptor_throws()
    {
        var random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = [.. s_mouse];
            for (int n = random.Next(1, 5); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Report(bytes[..random.Next(bytes.Length + 1)]);
        }
    }
}
