using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

public class EnumerationTests
{
    private static readonly byte[] GetDescriptor = [0x80, 6, 0, 1, 0, 0, 18, 0], SetAddress = [0, 5, 7, 0, 0, 0, 0, 0];

    public static TheoryData<string> Boards => ["V3Mini", "Pybd", "Devebox"];

    internal static OtgRig Make(string board) => board switch { "V3Mini" => V3Mini(), "Pybd" => Pybd(), _ => Devebox() };

    private static OtgRig Enumerated(string board)
    {
        var rig = Make(board);
        rig.Start(board == "V3Mini" ? 0u : 3);
        Assert.True(rig.Usb.Attached);
        rig.BusReset(UsbSpeed.High);
        return rig;
    }

    [Theory, MemberData(nameof(Boards))]
    public void A_descriptor_is_read_and_an_address_set(string board)
    {
        var rig = Enumerated(board);
        Assert.Equal(UsbHandshake.Ack, rig.Usb.Setup(0, 0, GetDescriptor));
        Assert.Equal(UsbHandshake.Nak, rig.In(0, 0, out _, out _));
        var (_, status, data) = rig.Pop();
        Assert.Equal(6, status);
        Assert.Equal(GetDescriptor, data);
        Assert.Equal(4, rig.Pop().Status);
        Assert.Equal(Stup, rig[Doepint(0)] & Stup);
        Assert.Equal(1u << 16, rig[Daint] & 1u << 16);
        rig[Doepint(0)] = Stup;

        byte[] descriptor = [.. Enumerable.Range(1, 18).Select(i => (byte)i)];
        rig.Receive(0, 1, 64);
        rig.Send(0, 64, descriptor);
        Assert.Contains(0x80, rig.Ready);
        Assert.Equal(UsbHandshake.Data, rig.In(0, 0, out var answer, out bool data1));
        Assert.Equal(descriptor, answer);
        Assert.True(data1);
        Assert.Equal(Xfrc, rig[Diepint(0)] & Xfrc);
        rig[Diepint(0)] = Xfrc;
        Assert.NotEqual(UsbHandshake.Nak, rig.Usb.Out(0, 0, true, []));
        Assert.Equal(2, rig.Pop().Status);
        Assert.Equal(3, rig.Pop().Status);
        Assert.Equal(Xfrc, rig[Doepint(0)] & Xfrc);
        rig[Doepint(0)] = Xfrc;

        rig.Usb.Setup(0, 0, SetAddress);
        rig.In(0, 0, out _, out _);
        rig.Pop();
        rig.Pop();
        rig[Dcfg] |= 7 << 4;
        rig.Send(0, 64);
        Assert.Equal(UsbHandshake.Data, rig.In(0, 0, out answer, out data1));
        Assert.Empty(answer);
        Assert.True(data1);
        Assert.Equal(UsbHandshake.None, rig.Usb.Setup(0, 0, GetDescriptor));
        Assert.Equal(UsbHandshake.Ack, rig.Usb.Setup(7, 0, GetDescriptor));
    }

    [Fact] public void High_speed_comes_with_the_high_speed_transceiver_on_a_high_speed_port()
    {
        var rig = V3Mini();
        rig.Start(0);
        Assert.Equal(UsbSpeed.High, rig.BusReset(UsbSpeed.High));
        Assert.Equal(0u, rig[Dsts] & 6);
        Assert.Equal(UsbSpeed.Full, rig.BusReset(UsbSpeed.Full));
        Assert.Equal(2u, rig[Dsts] & 6);
    }

    [Fact] public void Full_speed_transceiver_stays_at_full_speed()
    {
        var rig = Devebox();
        rig.Start(3);
        Assert.Equal(UsbSpeed.Full, rig.BusReset(UsbSpeed.High));
        Assert.Equal(6u, rig[Dsts] & 6);
    }
}
