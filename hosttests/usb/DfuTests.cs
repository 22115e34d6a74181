namespace SharpProbe.Tests.Usb;

/// <summary>The ways into the boot loader.</summary>
public class DfuTests
{
    private const int Interface = 8;

    private readonly DeviceRig _rig = new DeviceRig().Configured();

    [Fact]
    public void DETACH_is_answered_first_and_asks_for_the_boot_loader_then()
    {
        Assert.Equal([0, 0, 0, 0, 0, 0], _rig.In(0xA1, 3, 0, Interface, 6));
        Assert.True(_rig.NoData(0x21, 0, 1000, Interface));
        Assert.False(_rig.Usb.Boot.Due);
        Assert.Equal([1], _rig.In(0xA1, 5, 0, Interface, 1));        // appDETACH
        _rig.Time.Pass(30);
        Assert.True(_rig.Usb.Boot.Due);
    }

    [Theory]
    [InlineData(0x21, 1)]                                            // DNLOAD, CLRSTATUS, ABORT, and DETACH the wrong way round
    [InlineData(0x21, 4)]
    [InlineData(0x21, 6)]
    [InlineData(0xA1, 0)]
    public void What_belongs_to_DFU_mode_stalls(byte type, byte request)
    {
        if (type >> 7 == 0) Assert.False(_rig.NoData(type, request, 0, Interface));
        else Assert.Null(_rig.In(type, request, 0, Interface, 6));
        Assert.False(_rig.Usb.Boot.Asked);
    }

    [Fact]
    public void A_console_that_is_closed_at_1200_baud_asks_for_the_boot_loader()
    {
        _rig.Opened();
        Assert.True(_rig.Out(0x21, 0x20, 0, 0, [0xB0, 0x04, 0, 0, 0, 0, 8]));
        Assert.False(_rig.Usb.Boot.Asked);
        _rig.Dtr(false);
        Assert.True(_rig.Usb.Boot.Asked);
    }

    [Fact]
    public void A_gdb_port_that_is_closed_at_1200_baud_means_nothing()
    {
        Assert.True(_rig.NoData(0x21, 0x22, 3, 2));
        Assert.True(_rig.Out(0x21, 0x20, 0, 2, [0xB0, 0x04, 0, 0, 0, 0, 8]));
        Assert.True(_rig.NoData(0x21, 0x22, 0, 2));
        Assert.False(_rig.Usb.Boot.Asked);
    }

    [Fact]
    public void Setting_1200_baud_without_a_session_means_nothing()
    {
        Assert.True(_rig.Out(0x21, 0x20, 0, 0, [0xB0, 0x04, 0, 0, 0, 0, 8]));
        _rig.Dtr(false);
        _rig.Opened();
        _rig.Bus.BusReset();
        Assert.False(_rig.Usb.Boot.Asked);
    }
}
