using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

public class DescriptorTests
{
    public static TheoryData<DescriptorKind, int> All => new()
    {
        { DescriptorKind.Device, 0 }, { DescriptorKind.Configuration, 0 }, { DescriptorKind.OtherSpeedConfiguration, 0 }, { DescriptorKind.DeviceQualifier, 0 },
        { DescriptorKind.BinaryObjectStore, 0 }, { DescriptorKind.String, 0 }, { DescriptorKind.String, 1 }, { DescriptorKind.String, 2 }, { DescriptorKind.String, 3 },
        { DescriptorKind.String, 4 }, { DescriptorKind.String, 5 }, { DescriptorKind.String, 6 }, { DescriptorKind.String, 7 }, { DescriptorKind.String, 8 }, { DescriptorKind.String, 9 }, { DescriptorKind.String, 10 },
    };

    [Theory, MemberData(nameof(All))]
    public void Every_descriptor_is_cut_to_any_wLength(DescriptorKind kind, int index)
    {
        var rig = new DeviceRig(serial: "0123456789012345678901234567890");       // 64 bytes as a descriptor
        byte[] whole = rig.Descriptor(kind, index)!;
        Assert.Equal((byte)kind, whole[1]);
        for (int length = 0; length <= 600; length++)
        {
            byte[] expected = whole[..Math.Min(length, whole.Length)];
            Assert.Equal(expected, rig.Descriptor(kind, index, length));
            int packets = (expected.Length + 63) / 64 + (expected.Length < length && expected.Length % 64 == 0 ? 1 : 0);
            Assert.Equal(Math.Max(packets, 1), rig.Packets);
        }
    }

    [Fact]
    public void An_empty_packet_ends_a_descriptor_of_whole_packets_that_is_shorter_than_asked()
    {
        var rig = new DeviceRig(serial: new string('7', 31));
        Assert.Equal(64, rig.Descriptor(DescriptorKind.String, 3, 255)!.Length);
        Assert.Equal(2, rig.Packets);
        rig.Descriptor(DescriptorKind.String, 3, 64);
        Assert.Equal(1, rig.Packets);
    }

    [Theory]
    [InlineData(DescriptorKind.Configuration, 1)]
    [InlineData(DescriptorKind.OtherSpeedConfiguration, 1)]
    [InlineData(DescriptorKind.String, 11)]
    [InlineData(DescriptorKind.String, 0xEE)]
    [InlineData(DescriptorKind.Interface, 0)]
    [InlineData(DescriptorKind.Endpoint, 0)]
    [InlineData((DescriptorKind)0xFF, 0)]
    public void A_descriptor_that_is_not_there_stalls(DescriptorKind kind, int index) => Assert.Null(new DeviceRig().Descriptor(kind, index));

    [Theory]
    [InlineData(DescriptorKind.DeviceQualifier)]
    [InlineData(DescriptorKind.OtherSpeedConfiguration)]
    public void A_full_speed_device_has_no_other_speed(DescriptorKind kind) => Assert.Null(new DeviceRig(high: false).Descriptor(kind));

    [Theory]
    [InlineData(true, DescriptorKind.Configuration, 512)]
    [InlineData(true, DescriptorKind.OtherSpeedConfiguration, 64)]
    [InlineData(false, DescriptorKind.Configuration, 64)]
    public void Bulk_packets_have_the_size_of_the_speed(bool high, DescriptorKind kind, int size)
    {
        byte[] bytes = new DeviceRig(high).Descriptor(kind)!;
        var sizes = new List<int>();
        for (int at = 0; at < bytes.Length; at += bytes[at])
            if (bytes[at + 1] == 5 && bytes[at + 3] == 2) sizes.Add(bytes[at + 4] | bytes[at + 5] << 8);
        Assert.Equal(Enumerable.Repeat(size, 8), sizes);
    }

    [Fact]
    public void The_total_length_is_what_the_parts_add_up_to()
    {
        byte[] bytes = new DeviceRig().Descriptor(DescriptorKind.Configuration)!;
        Assert.Equal(bytes.Length, bytes[2] | bytes[3] << 8);
        int at = 0;
        while (at < bytes.Length) at += bytes[at];
        Assert.Equal(bytes.Length, at);
    }
}
