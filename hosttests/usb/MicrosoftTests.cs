using System.Buffers.Binary;
using System.Text;
using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

/// <summary>The MS OS 2.0 descriptor set, taken apart by Microsoft's specification (July 2018): nothing may be left over.</summary>
public class MicrosoftTests
{
    private const string BulkGuid = "{CDB3B5AD-293B-4663-AA36-1AAE46463776}";

    private readonly DeviceRig _rig = new DeviceRig().Configured();

    private byte[] Bos => _rig.Descriptor(DescriptorKind.BinaryObjectStore)!;

    private static int U16(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt16LittleEndian(from);

    [Fact]
    public void The_platform_capability_says_how_to_ask_and_how_much_will_come()
    {
        byte[] bos = Bos;
        Assert.Equal((bos.Length, 1), (U16(bos.AsSpan(2)), bos[4]));
        byte[] capability = bos[5..];
        Assert.Equal([28, 16, 5, 0], capability[..4]);
        Assert.Equal(new Guid("D8DD60DF-4589-4CC7-9CD2-659D9E648A9F"), new Guid(capability.AsSpan(4, 16)));
        Assert.Equal(0x06030000u, BinaryPrimitives.ReadUInt32LittleEndian(capability.AsSpan(20)));
        byte[] set = _rig.In(0xC0, capability[26], 0, 7, U16(capability.AsSpan(24)))!;
        Assert.Equal(U16(capability.AsSpan(24)), set.Length);
        Assert.Equal(0, capability[27]);
    }

    [Theory]
    [InlineData(0, new[] { 7, 8 })]
    [InlineData(1, new[] { 5, 6 })]
    public void WinUSB_is_asked_for_on_the_bulk_and_DFU_interfaces(int mode, int[] interfaces)
    {
        var rig = new DeviceRig(mode: mode);
        byte[] set = rig.In(0xC0, 1, 0, 7, 0xFFFF)!;
        Assert.Equal([10, 0, 0, 0, 0, 0, 3, 6], set[..8]);
        Assert.Equal(set.Length, U16(set.AsSpan(8)));
        Assert.Equal([8, 0, 1, 0, 0, 0], set[10..16]);
        Assert.Equal(set.Length - 10, U16(set.AsSpan(16)));
        var guids = new List<string>();
        int at = 18;
        foreach (int number in interfaces)
        {
            Assert.Equal([8, 0, 2, 0, (byte)number, 0], set[at..(at + 6)]);
            int end = at + U16(set.AsSpan(at + 6));
            at += 8;
            Assert.Equal([20, 0, 3, 0, .. "WINUSB\0\0"u8, .. new byte[8]], set[at..(at + 20)]);
            at += 20;
            guids.Add(Property(set[at..end], "DeviceInterfaceGUIDs"));
            at = end;
        }
        Assert.Equal(set.Length, at);
        Assert.Equal(BulkGuid, guids[0]);
        Assert.NotEqual(BulkGuid, guids[1]);
        Assert.All(guids, g => Assert.True(Guid.TryParseExact(g, "B", out _), g));
    }

    [Theory]
    [InlineData(0xC0, 2, 0, 7)]
    [InlineData(0xC0, 1, 1, 7)]
    [InlineData(0xC0, 1, 0, 4)]
    [InlineData(0xC1, 1, 0, 7)]
    public void Another_vendor_request_stalls(byte type, byte request, int value, int index) => Assert.Null(_rig.In(type, request, value, index, 64));

    [Fact]
    public void Setting_the_alternate_enumeration_stalls() => Assert.False(_rig.NoData(0x40, 1, 0, 8));

    [Fact]
    public void The_set_is_cut_to_any_length()
    {
        byte[] set = _rig.In(0xC0, 1, 0, 7, 0xFFFF)!;
        for (int length = 0; length <= 400; length++) Assert.Equal(set[..Math.Min(length, set.Length)], _rig.In(0xC0, 1, 0, 7, length));
    }

    /// <summary>A registry property of kind REG_MULTI_SZ with one string, which fills its place.</summary>
    private static string Property(ReadOnlySpan<byte> bytes, string name)
    {
        Assert.Equal((bytes.Length, 4, 7), (U16(bytes), U16(bytes[2..]), U16(bytes[4..])));
        int nameLength = U16(bytes[6..]), valueLength = U16(bytes[(8 + nameLength)..]);
        Assert.Equal(name + "\0", Encoding.Unicode.GetString(bytes.Slice(8, nameLength)));
        Assert.Equal(bytes.Length, 10 + nameLength + valueLength);
        string value = Encoding.Unicode.GetString(bytes[(10 + nameLength)..]);
        Assert.EndsWith("\0\0", value);
        return value[..^2];
    }
}
