using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

/// <summary>Endpoint 1 as bulk in both directions, on the V3 mini at high speed (512 bytes) or as the test says.</summary>
public class BulkTests
{
    private readonly OtgRig _rig = V3Mini();

    public BulkTests()
    {
        _rig.Start(0);
        _rig.BusReset(UsbSpeed.High);
        _rig[Diepctl(1)] = Data0 | 1 << 22 | Bulk | Aep | 512;
        _rig[Doepctl(1)] = Data0 | Snak | Bulk | Aep | 512;
        _rig.Ready.Clear();
    }

    private static byte[] Bytes(int count, int seed = 0) => [.. Enumerable.Range(seed, count).Select(i => (byte)(i * 7))];

    [Fact] public void Packets_of_one_transfer_go_out_in_order_with_alternating_PIDs()
    {
        _rig[Dieptxf(1)] = 256 << 16 | 306;
        var data = Bytes(700);
        _rig.Send(1, 512, data);
        Assert.Equal(256u - 175, _rig[Dtxfsts(1)]);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 1, out var first, out bool pid));
        Assert.False(pid);
        Assert.Equal(0u, _rig[Diepint(1)] & Xfrc);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 1, out var second, out pid));
        Assert.True(pid);
        Assert.Equal(data, (byte[])[.. first, .. second]);
        Assert.Equal(Xfrc, _rig[Diepint(1)] & Xfrc);
        Assert.Equal(0u, _rig[Diepctl(1)] & Ena);
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 1, out _, out _));
    }

    [Fact] public void Lost_acknowledge_sends_the_same_packet_with_the_same_PID_again()
    {
        _rig.Send(1, 512, 1, 2, 3);
        _rig.In(0, 1, out var first, out bool pid1, lost: true);
        Assert.Equal(0u, _rig[Diepint(1)] & Xfrc);
        _rig.In(0, 1, out var second, out bool pid2);
        Assert.Equal((first.Length, pid1), (second.Length, pid2));
        Assert.Equal(first, second);
        Assert.Equal(Xfrc, _rig[Diepint(1)] & Xfrc);
    }

    [Fact] public void Refused_IN_is_told_of_when_the_last_word_is_in_the_FIFO()
    {
        _rig.In(0, 1, out _, out _);
        _rig[Dieptsiz(1)] = Transfer(1, 8);
        _rig[Diepctl(1)] |= Ena | Cnak;
        _rig[Fifo(1)] = 1;
        Assert.Empty(_rig.Ready);
        _rig[Fifo(1)] = 2;
        Assert.Equal([0x81], _rig.Ready);
    }

    [Fact] public void Zero_length_packet_is_ready_at_once()
    {
        _rig.Send(1, 512);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 1, out var data, out _));
        Assert.Empty(data);
    }

    [Fact] public void OUT_transfer_ends_with_a_short_packet_and_tells_how_much_came()
    {
        _rig.Receive(1, 2, 1024);
        Assert.Equal(UsbHandshake.Nyet, _rig.Usb.Out(0, 1, false, Bytes(10)));
        Assert.Equal(UsbHandshake.Nak, _rig.Usb.Out(0, 1, true, Bytes(10)));
        var (endpoint, status, data) = _rig.Pop();
        Assert.Equal((1, 2), (endpoint, status));
        Assert.Equal(Bytes(10), data);
        Assert.Equal(0u, _rig[Doepint(1)] & Xfrc);
        Assert.Equal(3, _rig.Pop().Status);
        Assert.Equal(Xfrc, _rig[Doepint(1)] & Xfrc);
        Assert.Equal(1014u, _rig[Doeptsiz(1)] & 0x7FFFF);
    }

    [Fact] public void Repeated_OUT_packet_is_acknowledged_and_forgotten()
    {
        _rig.Receive(1, 4, 2048);
        _rig.Usb.Out(0, 1, false, Bytes(512));
        _rig.Pop();
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Out(0, 1, false, Bytes(512)));
        Assert.Equal(0u, _rig[Gintsts] & Rxflvl);
        Assert.Equal(3u, _rig[Doeptsiz(1)] >> 19 & 0x3FF);
    }

    [Fact] public void PING_is_refused_until_a_whole_packet_would_fit()
    {
        Assert.Equal(UsbHandshake.Nak, _rig.Usb.Ping(0, 1));
        _rig.Receive(1, 4, 2048);
        Assert.Equal([1], _rig.Ready);
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Ping(0, 1));
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Out(0, 1, false, Bytes(512)));
        Assert.Equal(UsbHandshake.Nyet, _rig.Usb.Out(0, 1, true, Bytes(512)));
        Assert.Equal(UsbHandshake.Nak, _rig.Usb.Ping(0, 1));
        _rig.Pop();
        Assert.Equal([1, 1], _rig.Ready);
        Assert.Equal(UsbHandshake.Ack, _rig.Usb.Ping(0, 1));
    }

    [Fact] public void Stalled_endpoint_answers_so_and_starts_with_DATA0_when_told()
    {
        _rig[Diepctl(1)] |= Stall;
        Assert.Equal(UsbHandshake.Stall, _rig.In(0, 1, out _, out _));
        _rig[Diepctl(1)] = _rig[Diepctl(1)] & ~Stall | Data0;
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 1, out _, out _));
        _rig[Doepctl(1)] |= Stall;
        Assert.Equal(UsbHandshake.Stall, _rig.Usb.Ping(0, 1));
        Assert.Equal(UsbHandshake.Stall, _rig.Usb.Out(0, 1, false, [1]));
    }

    [Fact] public void Inactive_endpoint_does_not_answer()
    {
        Assert.Equal(UsbHandshake.None, _rig.In(0, 2, out _, out _));
        Assert.Equal(UsbHandshake.None, _rig.Usb.Out(0, 2, false, []));
        Assert.Equal(UsbHandshake.None, _rig.In(5, 1, out _, out _));
    }

    [Fact] public void IN_endpoint_is_disabled_by_NAK_then_EPDIS_then_flush()
    {
        _rig.Send(1, 512, 1, 2, 3, 4);
        Assert.Contains("SNAK first", StopOf(() => _rig[Diepctl(1)] |= Dis));
        _rig[Diepctl(1)] |= Snak;
        Assert.Equal(Inepne, _rig[Diepint(1)] & Inepne);
        _rig[Diepctl(1)] |= Dis | Snak;
        _rig.Wait(2);
        Assert.Equal(Epdisd, _rig[Diepint(1)] & Epdisd);
        Assert.Equal(0u, _rig[Diepctl(1)] & (Ena | Dis));
        _rig[Dieptsiz(1)] = Transfer(1, 4);
        Assert.Contains("not flushed", StopOf(() => _rig[Diepctl(1)] |= Ena | Cnak));
        _rig[Grstctl] = 1 << 6 | 1 << 5;
        _rig.Wait(1);
        Assert.Equal(0u, _rig[Grstctl] & 1 << 5);
        _rig.Send(1, 512, 5);
        _rig.In(0, 1, out var data, out _);
        Assert.Equal([5], data);
    }

    [Fact] public void OUT_endpoint_is_disabled_under_the_global_NAK()
    {
        _rig.Receive(1, 1, 512);
        Assert.Contains("global OUT NAK", StopOf(() => _rig[Doepctl(1)] |= Dis | Snak));
        _rig[Dctl] = 1 << 9;
        Assert.Equal(0u, _rig[Gintsts] & 1 << 7);
        Assert.Equal(1, _rig.Pop().Status);
        Assert.Equal(1u << 7, _rig[Gintsts] & 1 << 7);
        _rig[Doepctl(1)] |= Dis | Snak;
        _rig.Wait(2);
        Assert.Equal(Epdisd, _rig[Doepint(1)] & Epdisd);
        _rig[Dctl] = 1 << 10;
        Assert.Equal(0u, _rig[Gintsts] & 1 << 7);
    }

    [Fact] public void Global_IN_NAK_holds_packets_back()
    {
        _rig.Send(1, 512, 1);
        _rig[Dctl] = 1 << 7;
        Assert.Equal(1u << 6, _rig[Gintsts] & 1 << 6);
        Assert.Equal(UsbHandshake.Nak, _rig.In(0, 1, out _, out _));
        _rig[Dctl] = 1 << 8;
        Assert.Equal([0x81], _rig.Ready);
        Assert.Equal(UsbHandshake.Data, _rig.In(0, 1, out _, out _));
    }

    [Fact] public void TXFE_interrupts_by_endpoint_and_by_the_level_chosen()
    {
        Assert.Equal(0u, _rig[Daint] & 2);
        _rig[Diepempmsk] = 2;
        Assert.Equal(2u, _rig[Daint] & 2);
        _rig.Send(1, 512, Bytes(400));
        Assert.Equal(0u, _rig[Diepint(1)] & Txfe);
        _rig.In(0, 1, out _, out _);
        Assert.Equal(Txfe, _rig[Diepint(1)] & Txfe);
        _rig[Gahbcfg] = 1;
        _rig.Send(1, 512, Bytes(200));
        Assert.Equal(Txfe, _rig[Diepint(1)] & Txfe);
        _rig[Gahbcfg] = 1 | 1 << 7;
        Assert.Equal(0u, _rig[Diepint(1)] & Txfe);
    }
}
