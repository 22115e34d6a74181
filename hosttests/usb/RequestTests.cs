using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

/// <summary>Chapter 9.</summary>
public class RequestTests
{
    private const byte BulkIn = 0x83, BulkOut = 0x03;

    private readonly DeviceRig _rig = new();

    private byte[]? Status(int endpoint) => _rig.In(0x82, 0, 0, endpoint, 2);

    [Fact]
    public void The_address_is_taken_up_to_127()
    {
        Assert.True(_rig.NoData(0, 5, 127, 0));
        Assert.Equal(127, _rig.Bus.Address);
        Assert.False(_rig.NoData(0, 5, 128, 0));
        Assert.Equal(127, _rig.Bus.Address);
    }

    [Fact]
    public void Configuration_0_closes_and_1_opens_again()
    {
        Assert.Equal([0], _rig.In(0x80, 8, 0, 0, 1));
        _rig.Configured();
        Assert.Equal([1], _rig.In(0x80, 8, 0, 0, 1));
        Assert.All(new byte[] { 0x82, 0x83, 0x03, 0x84, 0x85, 0x05, 0x86, 0x87, 0x07, 0x81, 0x01, 0x88, 0x08 }, e => Assert.True(_rig.Bus.IsOpen(e)));
        Assert.True(_rig.NoData(0, 9, 0, 0));
        Assert.Equal([0], _rig.In(0x80, 8, 0, 0, 1));
        Assert.False(_rig.Bus.IsOpen(BulkIn));
        _rig.Configured();
        Assert.True(_rig.Bus.Accepts(BulkOut));
    }

    [Fact]
    public void Configuration_1_again_begins_anew()
    {
        _rig.Opened();
        _rig.Port.Write("queued"u8);
        _rig.Configured();
        Assert.False(_rig.Bus.HasQueued(BulkIn));
        Assert.False(_rig.Port.Connected);
        Assert.True(_rig.Bus.Accepts(BulkOut));
    }

    [Fact]
    public void Configuration_2_stalls_and_changes_nothing()
    {
        _rig.Configured();
        Assert.False(_rig.NoData(0, 9, 2, 0));
        Assert.Equal([1], _rig.In(0x80, 8, 0, 0, 1));
    }

    [Fact]
    public void A_bus_reset_ends_the_configuration()
    {
        _rig.Opened();
        _rig.Bus.BusReset();
        Assert.False(_rig.Device.Configured);
        Assert.False(_rig.Port.Connected);
        Assert.Equal([0], _rig.In(0x80, 8, 0, 0, 1));
    }

    [Fact]
    public void Status_of_device_and_interface_is_zero()
    {
        Assert.Equal([0, 0], _rig.In(0x80, 0, 0, 0, 2));
        Assert.Null(_rig.In(0x81, 0, 0, 0, 2));
        _rig.Configured();
        Assert.Equal([0, 0], _rig.In(0x81, 0, 0, 5, 2));
        Assert.Null(_rig.In(0x81, 0, 0, 9, 2));
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x89)]
    [InlineData(0x02)]
    [InlineData(0x8F)]
    [InlineData(0x183)]
    public void Endpoints_that_are_not_there_have_no_status(int endpoint)
    {
        _rig.Configured();
        if (endpoint == 0x80) Assert.Equal([0, 0], Status(endpoint));
        else Assert.Null(Status(endpoint));
    }

    [Theory]
    [InlineData(BulkIn)]
    [InlineData(BulkOut)]
    [InlineData(0x82)]
    public void Halt_is_set_told_and_cleared(byte endpoint)
    {
        _rig.Configured();
        Assert.Equal([0, 0], Status(endpoint));
        Assert.True(_rig.NoData(2, 3, 0, endpoint));
        Assert.True(_rig.Bus.IsHalted(endpoint));
        Assert.Equal([1, 0], Status(endpoint));
        _rig.Bus.Fresh.Clear();
        Assert.True(_rig.NoData(2, 1, 0, endpoint));
        Assert.False(_rig.Bus.IsHalted(endpoint));
        Assert.Equal([0, 0], Status(endpoint));
        Assert.Equal([endpoint], _rig.Bus.Fresh);
    }

    [Fact]
    public void Endpoints_work_after_their_halt()
    {
        _rig.Opened();
        _rig.NoData(2, 3, 0, BulkOut);
        Assert.False(_rig.Bus.Give(BulkOut, "a"u8));
        _rig.NoData(2, 1, 0, BulkOut);
        Assert.True(_rig.Bus.Give(BulkOut, "b"u8));
        _rig.NoData(2, 3, 0, BulkIn);
        _rig.NoData(2, 1, 0, BulkIn);
        _rig.Port.Write("c"u8);
        Assert.Equal("c"u8, _rig.Bus.Take(BulkIn)!);
    }

    [Fact]
    public void Set_interface_ends_halts_and_begins_anew()
    {
        _rig.Configured();
        _rig.NoData(2, 3, 0, BulkIn);
        _rig.Bus.Fresh.Clear();
        Assert.True(_rig.NoData(1, 11, 0, 1));
        Assert.False(_rig.Bus.IsHalted(BulkIn));
        Assert.Equal([BulkOut, BulkIn], _rig.Bus.Fresh.Order());
        Assert.False(_rig.NoData(1, 11, 1, 1));
        Assert.Equal([0], _rig.In(0x81, 10, 0, 1, 1));
    }

    [Theory]
    [InlineData(0x00, 3, 1, 0)]                                    // remote wake-up, which the device does not offer
    [InlineData(0x00, 3, 2, 0)]                                    // test mode
    [InlineData(0x00, 7, 0x100, 0)]                                // SET_DESCRIPTOR
    [InlineData(0x02, 3, 1, 0x83)]
    [InlineData(0x40, 0, 0, 0)]
    [InlineData(0x60, 0, 0, 0)]
    public void What_is_not_offered_stalls(byte type, byte request, int value, int index)
    {
        _rig.Configured();
        Assert.False(_rig.NoData(type, request, value, index));
        Assert.Equal([0, 0], _rig.In(0x80, 0, 0, 0, 2));
    }

    [Fact]
    public void A_SETUP_in_the_middle_of_a_data_stage_gets_its_own_answer()
    {
        _rig.Bus.Setup(0x80, 6, 0x200, 0, 0xFFFF);
        Assert.Equal(64, _rig.Bus.Take(0x80)!.Length);             // the second packet is queued by now
        Assert.Equal([0, 0], _rig.In(0x80, 0, 0, 0, 2));
        _rig.Configured();
        _rig.Bus.Setup(0x21, 0x20, 0, 0, 7);                       // and in place of the data to the device
        Assert.Equal([1], _rig.In(0x80, 8, 0, 0, 1));
    }

    [Fact]
    public void A_host_that_has_heard_enough_ends_the_data_stage_early()
    {
        _rig.Bus.Setup(0x80, 6, 0x200, 0, 0xFFFF);
        _rig.Bus.Take(0x80);
        _rig.Bus.Setup(0x80, 0, 0, 0, 2);
        Assert.Equal([0, 0], _rig.Bus.Take(0x80));
    }

    [Fact]
    public void Random_requests_never_confuse_it()
    {
        var random = new Random(3);
        byte[] data = new byte[600];
        for (int i = 0; i < 20_000; i++)
        {
            byte type = (byte)(random.Next(4) == 0 ? random.Next(256) : (new byte[] { 0x00, 0x80, 0x01, 0x81, 0x02, 0x82, 0x21, 0xA1 })[random.Next(8)]);
            int request = random.Next(3) == 0 ? 0x20 + random.Next(4) : random.Next(13), length = random.Next(3) == 0 ? random.Next(65536) : random.Next(10);
            _rig.Bus.Setup(type, (byte)request, random.Next(3) == 0 ? random.Next(65536) : random.Next(3), random.Next(3) == 0 ? random.Next(256) : random.Next(7), length);
            for (int n = random.Next(5); n > 0; n--)
            {
                _rig.Bus.Take(0x80);
                _rig.Bus.Give(0, data.AsSpan(0, random.Next(65)));
            }
            if (i % 16 == 0) Assert.Equal(18, _rig.Descriptor(DescriptorKind.Device)!.Length);
        }
    }
}
