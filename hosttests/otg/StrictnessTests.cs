using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

/// <summary>What a driver must not do stops the bench with a sentence; the V3 mini at full speed port, endpoint 1 bulk of 64 bytes.</summary>
public class StrictnessTests
{
    private readonly OtgRig _rig = V3Mini();

    public StrictnessTests()
    {
        _rig.Start(0);
        _rig.BusReset(UsbSpeed.Full);
        _rig[Diepctl(1)] = Data0 | 1 << 22 | Bulk | Aep | 64;
        _rig[Doepctl(1)] = Data0 | Snak | Bulk | Aep | 64;
    }

    private void Stops(string sentence, Action action) => Assert.Contains(sentence, StopOf(action));

    [Fact] public void Status_read_from_an_empty_FIFO() => Stops("receive FIFO is empty", () => _ = _rig[Grxstsp]);

    [Fact] public void Word_read_from_an_empty_FIFO() => Stops("none left", () => _ = _rig[Fifo(0)]);

    [Fact] public void Status_read_in_the_middle_of_a_packet()
    {
        _rig.Usb.Setup(0, 0, new byte[8]);
        _rig.In(0, 0, out _, out _);
        _ = _rig[Grxstsp];
        _ = _rig[Fifo(0)];
        Stops("1 words of the last packet", () => _ = _rig[Grxstsp]);
    }

    [Fact] public void Word_pushed_before_the_endpoint_is_enabled() => Stops("while EPENA = 0", () => _rig[Fifo(1)] = 1);

    [Fact] public void More_words_than_announced()
    {
        _rig.Send(1, 64, 1, 2, 3);
        Stops("more words", () => _rig[Fifo(1)] = 1);
    }

    [Fact] public void Packet_begun_that_does_not_fit()
    {
        _rig[Dieptxf(1)] = 16 << 16 | 306;
        _rig[Dieptsiz(1)] = Transfer(2, 128);
        _rig[Diepctl(1)] |= Ena | Cnak;
        for (int i = 0; i < 16; i++) _rig[Fifo(1)] = 0;
        Stops("has 0 free (DTXFSTS1)", () => _rig[Fifo(1)] = 0);
    }

    [Fact] public void Other_FIFO_in_the_middle_of_a_packet()
    {
        _rig[Dieptsiz(1)] = Transfer(1, 8);
        _rig[Diepctl(1)] |= Ena | Cnak;
        _rig[Fifo(1)] = 0;
        Stops("packet for endpoint 1 is half written", () => _rig[Fifo(0)] = 0);
    }

    [Fact] public void Packet_count_that_does_not_fit_the_size()
    {
        _rig[Dieptsiz(1)] = Transfer(1, 65);
        Stops("that makes 2 packets", () => _rig[Diepctl(1)] |= Ena | Cnak);
    }

    [Fact] public void Packet_count_zero()
    {
        _rig[Dieptsiz(1)] = 0;
        Stops("DIEPTSIZ1.PKTCNT = 0", () => _rig[Diepctl(1)] |= Ena | Cnak);
    }

    [Fact] public void Size_written_while_enabled()
    {
        _rig.Receive(1, 1, 64);
        Stops("DOEPCTL1.EPENA = 1", () => _rig[Doeptsiz(1)] = Transfer(2, 128));
    }

    [Fact] public void OUT_size_that_is_no_multiple_of_packets()
    {
        _rig[Doeptsiz(1)] = Transfer(1, 10);
        Stops("that makes 64 bytes", () => _rig[Doepctl(1)] |= Ena | Cnak);
    }

    [Fact] public void EPDIS_of_an_endpoint_that_is_not_enabled() => Stops("while EPENA = 0", () => _rig[Diepctl(1)] |= Dis | Snak);

    [Fact] public void Packet_larger_than_the_endpoint_takes()
    {
        _rig.Receive(1, 1, 64);
        Stops("sent 65 bytes", () => _rig.Usb.Out(0, 1, false, new byte[65]));
    }

    [Fact] public void FIFOs_that_overlap()
    {
        _rig[Dieptxf(2)] = 16 << 16 | 300;
        Stops("overlaps DIEPTXF0", () => _rig[Diepctl(2)] = Data0 | 2 << 22 | Bulk | Aep | 64);
    }

    [Fact] public void FIFO_beyond_the_memory()
    {
        _rig[Dieptxf(2)] = 128 << 16 | 900;
        Stops("1006 words", () => _rig[Diepctl(2)] = Data0 | 2 << 22 | Bulk | Aep | 64);
    }

    [Fact] public void FIFO_smaller_than_a_packet()
    {
        _rig.BusReset(UsbSpeed.High);
        _rig[Dieptxf(2)] = 64 << 16 | 440;
        Stops("smaller than a packet", () => _rig[Diepctl(2)] = Data0 | 2 << 22 | Bulk | Aep | 512);
    }

    [Fact] public void Bulk_packets_of_512_bytes_at_full_speed() =>
        Stops("1 to 64 bytes", () => _rig[Diepctl(2)] = Data0 | 2 << 22 | Bulk | Aep | 512);

    [Fact] public void DMA() => Stops("DMAEN", () => _rig[Gahbcfg] = 1 << 5);

    [Fact] public void Host_mode_register() => Stops("host mode", () => _rig[0x440] = 1);

    [Fact] public void Access_while_the_core_is_being_reset()
    {
        _rig[Grstctl] = 1;
        Stops("core is being reset", () => _ = _rig[Gintsts]);
    }

    [Fact] public void PHY_clock_stopped_on_a_running_bus() => Stops("not suspended", () => _rig[Pcgcctl] = 1);

    [Fact] public void Turnaround_too_short()
    {
        _rig.BusReset(UsbSpeed.High);
        _rig[Gusbcfg] = _rig[Gusbcfg] & ~(15u << 10) | 5 << 10;
        Stops("TRDT = 5", () => _rig.Usb.Setup(0, 0, new byte[8]));
    }
}
