using SharpProbe.Build;
using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

public class RulesTests
{
    [Fact]
    public void The_udev_rules_know_the_ports_by_the_strings_that_they_have()
    {
        string rules = File.ReadAllText(Repository.At("docs", "99-sharpprobe.rules"));
        for (int port = 0; port < Descriptors.Ports; port++)
            Assert.Contains($"ATTRS{{interface}}==\"{System.Text.Encoding.ASCII.GetString(UsbIdentity.PortName(port))}\"", rules);
        Assert.Contains($"ATTR{{idVendor}}==\"{UsbIdentity.Vendor:x4}\", ATTR{{idProduct}}==\"{UsbIdentity.Product:x4}\"", rules);
    }
}
