using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

/// <summary>The configurations by name.</summary>
public class ModeTests
{
    public static TheoryData<int, bool> All => new() { { 0, true }, { 0, false }, { 1, true }, { 1, false } };

    [Theory, MemberData(nameof(All))]
    public void No_endpoint_is_given_twice_and_all_have_a_number_that_the_core_has(int mode, bool high)
    {
        var device = new DeviceRig(high, mode: mode).Device;
        byte[] addresses = [.. device.Endpoints.Select(e => e.Address)];
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
        Assert.All(addresses, a => Assert.InRange(a & 15, 1, 8));
    }

    [Theory, MemberData(nameof(All))]
    public void The_descriptors_have_exactly_the_endpoints_that_are_opened(int mode, bool high)
    {
        var rig = new DeviceRig(high, mode: mode).Configured();
        byte[] bytes = rig.Descriptor(DescriptorKind.Configuration)!;
        var described = new List<byte>();
        for (int at = 0; at < bytes.Length; at += bytes[at])
            if (bytes[at + 1] == 5) described.Add(bytes[at + 2]);
        Assert.Equal(rig.Device.Endpoints.Select(e => e.Address), described);
        Assert.All(described, e => Assert.True(rig.Bus.IsOpen(e)));
    }

    [Theory]
    [InlineData(0, new[] { "Micropython", "Black Magic GDB Server", "Black Magic UART Port", "Black Magic CMSIS-DAP v1", "Black Magic CMSIS-DAP v2", "Black Magic DFU" })]
    [InlineData(1, new[] { "Black Magic GDB Server", "Black Magic UART Port", "Black Magic CMSIS-DAP v1", "Black Magic CMSIS-DAP v2", "Black Magic DFU" })]
    public void Its_functions_have_their_names(int mode, string[] names)
    {
        var rig = new DeviceRig(mode: mode);
        Assert.Equal(names, Enumerable.Range(5, names.Length).Select(i => System.Text.Encoding.Unicode.GetString(rig.Descriptor(DescriptorKind.String, i)!.AsSpan(2))));
        Assert.Null(rig.Descriptor(DescriptorKind.String, 5 + names.Length));
    }

    [Fact]
    public void Trace_leaves_the_console_out_and_its_port_never_connects()
    {
        var rig = new DeviceRig(mode: 1).Configured();
        Assert.True(rig.NoData(0x21, 0x22, 3, 0));                   // DTR of interface 0, which is gdb's here
        Assert.True(rig.Usb.Gdb.Connected);
        Assert.False(rig.Usb.Console.Connected);
        Assert.Equal(0, rig.Usb.Console.Write("x"u8));
        Assert.Equal([0xA1, 0x20, 0, 0, 0, 0, 2, 0, 3, 0], rig.Bus.Take(0x84));
    }

    [Fact]
    public void Trace_has_the_stream_of_SWO_as_the_third_endpoint_of_CMSIS_DAP_v2()
    {
        byte[] bytes = new DeviceRig(mode: 1).Descriptor(DescriptorKind.Configuration)!;
        int at = 0;
        while (bytes[at + 1] != 4 || bytes[at + 5] != 0xFF) at += bytes[at];
        Assert.Equal(3, bytes[at + 4]);
        Assert.Equal([0x08, 0x88, 0x83], Enumerable.Range(0, 3).Select(i => bytes[at + 9 + 7 * i + 2]));
    }
}
