using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

/// <summary>Control transfers on endpoint 0 beyond the plain ones.</summary>
public class ControlTests
{
    private const uint B2bstup = 64, Stsphsrx = 32, Otepdis = 16, Toc = 8;
    private static readonly byte[] Read = [0x80, 6, 0, 1, 0, 0, 18, 0], Write = [0x21, 0x20, 0, 0, 0, 0, 7, 0];

    private readonly OtgRig _rig = Pybd();

    public ControlTests()
    {
        _rig.Start(3);
        _rig.BusReset(UsbSpeed.Full);
    }

    private void SetupStage(byte[] packet)
    {
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Setup(0, 0, packet));
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 0, out _, out _));
        _rig.Pop();
        _rig.Pop();
        _rig[Doepint(0)] = ~0u;
    }

    [Fact] public void SETUP_phase_ends_with_the_next_token_only()
    {
        _rig.Usb.Setup(0, 0, Read);
        Assert.Equal(6, _rig.Pop().Status);
        Assert.Equal(0u, _rig[Gintsts] & Rxflvl);
        _rig.Usb.Out(0, 0, true, []);
        Assert.Equal(4, _rig.Pop().Status);
        Assert.Equal(Stup, _rig[Doepint(0)] & Stup);
    }

    [Fact] public void SETUP_again_is_counted_and_the_last_one_is_there()
    {
        _rig.Usb.Setup(0, 0, Write);
        _rig.Usb.Setup(0, 0, Read);
        Assert.Equal(1u, _rig[Doeptsiz(0)] >> 29);
        Assert.Equal(Write, _rig.Pop().Data);
        Assert.Equal(Read, _rig.Pop().Data);
        Assert.Equal(0u, _rig[Doepint(0)] & B2bstup);
        _rig.Usb.Setup(0, 0, Read);
        _rig.Usb.Setup(0, 0, Read);
        Assert.Equal(B2bstup, _rig[Doepint(0)] & B2bstup);
    }

    [Fact] public void Control_write_takes_data_and_then_its_status()
    {
        SetupStage(Write);
        Assert.Equal(UsbHandshake.Nak, _rig.Usb.Out(0, 0, true, [1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(Otepdis, _rig[Doepint(0)] & Otepdis);
        _rig.Receive(0, 1, 64);
        Assert.Contains(0, _rig.Ready);
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Out(0, 0, true, [1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], _rig.Pop().Data);
        _rig.Pop();
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 0, out _, out _));
        Assert.Equal(Stsphsrx, _rig[Doepint(0)] & Stsphsrx);
        _rig.Send(0, 64);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 0, out _, out bool data1));
        Assert.True(data1);
    }

    [Fact] public void Stall_lasts_until_the_next_SETUP_and_cannot_be_taken_back()
    {
        SetupStage(Read);
        _rig[Diepctl(0)] |= Stall;
        Assert.Contains(0x80, _rig.Ready);
        _rig[Diepctl(0)] &= ~Stall;
        Assert.Equal(UsbHandshake.Stall, _rig.In(0, 0, out _, out _));
        _rig.Usb.Setup(0, 0, Read);
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 0, out _, out _));
    }

    [Fact] public void Answer_of_an_abandoned_transfer_must_be_flushed()
    {
        SetupStage(Read);
        _rig.Send(0, 64, 1, 2, 3);
        SetupStage(Read);
        Assert.Equal(Ena, _rig[Diepctl(0)] & Ena);
        _rig[Diepctl(0)] |= Dis | Snak;
        _rig.Wait(2);
        _rig[Dieptsiz(0)] = Transfer(1, 1);
        Assert.Contains("not flushed", StopOf(() => _rig[Diepctl(0)] |= Ena | Cnak));
    }

    [Fact] public void Lost_acknowledge_is_a_timeout_of_endpoint_0()
    {
        SetupStage(Read);
        _rig.Send(0, 64, 1, 2, 3);
        _rig.In(0, 0, out _, out _, lost: true);
        Assert.Equal(Toc, _rig[Diepint(0)] & Toc);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 0, out var data, out bool data1));
        Assert.Equal([1, 2, 3], data);
        Assert.True(data1);
    }

    [Fact] public void Address_written_between_transfers_counts_at_once()
    {
        _rig[Dcfg] |= 9 << 4;
        Assert.Equal(UsbHandshake.None, _rig.Usb.Setup(0, 0, Read));
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Setup(9, 0, Read));
    }

    [Fact] public void Sleep_with_the_ULPI_clock_asked_for_leaves_the_H7_deaf()
    {
        var rig = Devebox();
        rig.Start(3);
        rig.BusReset(UsbSpeed.Full);
        rig.Machine.Core.Sleeping = true;
        Assert.Contains("USB2OTGULPILPEN = 1", StopOf(() => rig.Usb.Setup(0, 0, Read)));
        rig.Memory(0x5802_4500, 1 << 27);
        Assert.Equal(UsbHandshake.Ack, rig.Usb.Setup(0, 0, Read));
    }
}
