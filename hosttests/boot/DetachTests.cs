using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.Boot;

/// <summary>From the application into the boot loader over USB, and back with another image.</summary>
public class DetachTests
{
    private const int Dfu = 8;

    public static TheoryData<string> Boards => ["stlinkv3mini", "pybd_sf2", "devebox_h743", "devebox_h750"];

    [Theory, MemberData(nameof(Boards))]
    public void DETACH_leads_into_the_boot_loader_and_a_power_cycle_out_of_it(string board)
    {
        var rig = new BootRig(board).InApplication();
        rig.Host.Control(new(0x21, 0, 1000, Dfu, 0));
        rig.Run(100).InBootLoader();
        rig.PowerCycle().InApplication();
        Assert.Equal([], rig.Host.Findings.All);
    }

    [Fact]
    public void Closing_the_console_at_1200_baud_leads_into_the_boot_loader()
    {
        var rig = new BootRig("stlinkv3mini").InApplication();
        var port = rig.Host.Cdc("Micropython");
        port.Open();
        rig.Run(10);
        rig.Host.Control(CdcLine.SetCoding(0), new CdcLine(1200).ToBytes());
        rig.Run(10);
        port.Close();
        rig.Run(100).InBootLoader();
        Assert.Equal([], rig.Host.Findings.All);
    }
}
