using SharpProbe.Build;
using SharpProbe.Usb;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Tests.Usb;

public class RulesTests
{
    [Fact]
    public void The_udev_rules_know_the_ports_by_the_strings_that_they_have()
    {
        string rules = File.ReadAllText(Repository.At("docs", "99-sharpprobe.rules"));
        for (int port = 0; port < 3; port++)
            Assert.Contains($"ATTRS{{interface}}==\"{System.Text.Encoding.ASCII.GetString(new CdcFunction(null!, port, null).Text(0))}\"", rules);
        var identity = new ProbeIdentity();
        Assert.Contains($"ATTR{{idVendor}}==\"{identity.Vendor:x4}\", ATTR{{idProduct}}==\"{identity.Product:x4}\"", rules);
    }
}
