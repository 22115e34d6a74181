using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Remote;
using SharpProbe.Tests.UsbHosts;

namespace SharpProbe.Tests.Remote;

/// <summary>The software device on a cable, offered to the test as to a host elsewhere.</summary>
internal sealed class ExportRig
{
    public const ulong Millisecond = CableBench.Millisecond;

    public ExportRig(UsbSpeed speed = UsbSpeed.High)
    {
        Bench = new(speed);
        Exported = new(Bench.Host);
        Exported.Appeared += () => Events.Add("appeared");
        Exported.Gone += () => Events.Add("gone");
        Bench.Plugged();
    }

    public CableBench Bench { get; }
    public FakeDevice Device => Bench.Device;
    public UsbHost Host => Bench.Host;
    public ExportedDevice Exported { get; }
    public List<string> Events { get; } = [];

    /// <summary>Requests in the order in which they ended.</summary>
    public List<RemoteRequest> Ended { get; } = [];

    public void Run(ulong milliseconds = 5) => Bench.Run(milliseconds * Millisecond);

    public RemoteRequest In(byte endpoint, int length) => Exported.Submit(endpoint, null, length, Ended.Add);
    public RemoteRequest Out(byte endpoint, byte[] data, bool zeroPacket = false) => Exported.Submit(endpoint, null, data, zeroPacket, Ended.Add);
    public RemoteRequest Control(byte type, byte request, int value, int index, int length = 0) => Exported.Submit(0, new(type, request, (ushort)value, (ushort)index, (ushort)length), length, Ended.Add);

    public RemoteRequest Done(RemoteRequest request, ulong milliseconds = 20)
    {
        for (ulong i = 0; i < milliseconds && request.Status == UsbTransferStatus.Pending; i++) Run(1);
        return request;
    }

    public static byte[] Bytes(int count, int seed = 0)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The toggles of both sides agree: bytes go in both directions, none twice and none lost.</summary>
    public void AssertInStep()
    {
        Device.Received.Clear();
        byte[] there = Bytes(100, 1), back = Bytes(100, 2);
        Assert.Equal(UsbTransferStatus.Ok, Done(Out(1, there)).Status);
        Assert.Equal(there, Device.Received);
        Device.Send(back);
        Assert.Equal(back, Done(In(0x82, 1024)).Data.ToArray());
        Assert.Equal(0, Device.WrongToggles);
        Assert.Empty(Bench.Findings);
    }
}
