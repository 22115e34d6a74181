using System.Buffers.Binary;
using SharpProbe.Sim.Usb.Usbredir;
using SharpProbe.Tests.Remote;

namespace SharpProbe.Tests.Usbredir;

/// <summary>QEMU's side of the protocol, byte by byte, without a socket.</summary>
internal sealed class RedirGuest
{
    public const uint QemusCapabilities = 0xFF;

    private readonly RedirDevice _device;
    private bool _wide;

    public RedirGuest(ExportRig rig)
    {
        Rig = rig;
        _device = new(rig.Exported, Notes.Add);
    }

    public ExportRig Rig { get; }
    public List<string> Notes { get; } = [];

    /// <summary>Says hello and takes what comes back until the device is there.</summary>
    public RedirGuest Greeted(uint capabilities = QemusCapabilities)
    {
        Send(0, 0, [.. Hello("test"), .. BitConverter.GetBytes(capabilities)]);
        Assert.Equal(0u, Next().Type);
        _wide = (capabilities & 0x20) != 0;
        return this;
    }

    public static byte[] Hello(string version)
    {
        byte[] hello = new byte[64];
        System.Text.Encoding.ASCII.GetBytes(version).CopyTo(hello, 0);
        return hello;
    }

    public void Send(uint type, ulong id, params byte[] body)
    {
        byte[] header = new byte[_wide ? 16 : 12];
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), body.Length);
        if (_wide) BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), id);
        else BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)id);
        Raw([.. header, .. body]);
    }

    public void Raw(params byte[] bytes)
    {
        _device.Input.Add(bytes);
        _device.Run();
    }

    public void Control(ulong id, byte type, byte request, int value, int index, int length, params byte[] data) =>
        Send(100, id, [0, request, type, 0, (byte)value, (byte)(value >> 8), (byte)index, (byte)(index >> 8), (byte)length, (byte)(length >> 8), .. data]);

    public void Bulk(ulong id, byte endpoint, int length, params byte[] data) =>
        Send(101, id, [endpoint, 0, (byte)length, (byte)(length >> 8), 0, 0, 0, 0, (byte)(length >> 16), (byte)(length >> 24), .. data]);

    /// <summary>The next packet; it must be there.</summary>
    public (uint Type, ulong Id, byte[] Body) Next()
    {
        var waiting = _device.Output.Waiting;
        int header = _wide ? 16 : 12;
        Assert.True(waiting.Length >= header, "nothing came");
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(waiting);
        int length = BinaryPrimitives.ReadInt32LittleEndian(waiting[4..]);
        ulong id = _wide ? BinaryPrimitives.ReadUInt64LittleEndian(waiting[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(waiting[8..]);
        byte[] body = waiting.Slice(header, length).ToArray();
        _device.Output.Sent(header + length);
        return (type, id, body);
    }

    /// <summary>The packets that have come, by type.</summary>
    public uint[] Types()
    {
        var types = new List<uint>();
        while (_device.Output.Waiting.Length > 0) types.Add(Next().Type);
        return [.. types];
    }

    /// <summary>With the device, its description read.</summary>
    public static RedirGuest Connected(uint capabilities = QemusCapabilities)
    {
        var guest = new RedirGuest(new()).Greeted(capabilities);
        Assert.Equal([5u, 4u, 1u], guest.Types());
        return guest;
    }
}
