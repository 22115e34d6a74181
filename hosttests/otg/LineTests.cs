using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

/// <summary>Attachment, reset, suspend, frames, and what must be there before a host finds anything.</summary>
public class LineTests
{
    private const uint Bvalid = 3 << 6;

    [Fact] public void Pull_up_follows_the_soft_disconnect_bit()
    {
        var rig = Pybd();
        int changes = 0;
        rig.Usb.AttachedChanged += () => changes++;
        rig.Start(3);
        Assert.True(rig.Usb.Attached);
        rig[Dctl] = 2;
        Assert.False(rig.Usb.Attached);
        Assert.Equal(2, changes);
    }

    [Fact] public void Without_a_valid_session_there_is_no_pull_up()
    {
        var rig = Pybd();
        rig.Start(3);
        rig[Gotgctl] = 1 << 6;
        Assert.False(rig.Usb.Attached);
        Assert.Equal(4u, rig[Gotgint] & 4);
    }

    [Fact] public void Detection_of_VBUS_on_a_board_without_that_wire_stops()
    {
        var rig = Pybd();
        rig.Start(3);
        rig[Gccfg] |= 1 << 21;
        Assert.Contains("does not bring VBUS", StopOf(() => rig[Gotgctl] = 0));
    }

    [Fact] public void With_detection_on_the_session_follows_VBUS()
    {
        var rig = Pybd(sensesVbus: true);
        rig.Start(3);
        rig[Gotgctl] = 0;
        rig[Gccfg] |= 1 << 21;
        Assert.True(rig.Usb.Attached);
        rig.Usb.Vbus = false;
        Assert.False(rig.Usb.Attached);
    }

    [Fact] public void System_reset_takes_the_device_off_the_bus()
    {
        var rig = Pybd();
        rig.Start(3);
        rig.Machine.SystemReset();
        Assert.False(rig.Usb.Attached);
    }

    [Fact] public void Reset_of_the_bus_deactivates_endpoints_and_raises_its_two_interrupts()
    {
        var rig = V3Mini();
        rig.Start(0);
        rig.BusReset(UsbSpeed.High);
        rig[Diepctl(1)] = Data0 | 1 << 22 | Bulk | Aep | 512;
        rig.Usb.BeginReset(UsbSpeed.High);
        Assert.Equal(Usbrst, rig[Gintsts] & (Usbrst | Enumdne));
        Assert.Equal(0u, rig[Diepctl(1)] & Aep);
        Assert.Equal(UsbHandshake.None, rig.Usb.Setup(0, 0, new byte[8]));
        rig.Usb.EndReset();
        Assert.Equal(Enumdne, rig[Gintsts] & Enumdne);
    }

    [Fact] public void Reset_in_the_middle_of_a_packet_lets_the_driver_finish_it_and_then_stop_the_endpoint()
    {
        var rig = V3Mini();
        rig.Start(0);
        rig.BusReset(UsbSpeed.High);
        rig[Diepctl(1)] = Data0 | 1 << 22 | Bulk | Aep | 512;
        rig[Dieptsiz(1)] = Transfer(1, 8);
        rig[Diepctl(1)] |= Ena | Cnak;
        rig[Fifo(1)] = 1;
        rig.Usb.BeginReset(UsbSpeed.High);
        rig[Fifo(1)] = 2;
        rig[Diepctl(1)] |= Dis;
        rig[Grstctl] = 0x10 << 6 | 1 << 5;
        rig.Wait(2);
        Assert.Equal(Epdisd, rig[Diepint(1)] & Epdisd);
        rig.Usb.EndReset();
        rig[Diepctl(1)] = Data0 | 1 << 22 | Bulk | Aep | 512;
        rig.Send(1, 512, 9);
        Assert.Equal(UsbHandshake.Data, rig.In(0, 1, out var data, out _));
        Assert.Equal([9], data);
    }

    [Fact] public void OUT_endpoints_are_stopped_after_a_reset_as_the_manual_has_it()
    {
        var rig = V3Mini();
        rig.Start(0);
        rig.BusReset(UsbSpeed.High);
        rig[Doepctl(1)] = Data0 | Snak | Bulk | Aep | 512;
        rig.Receive(1, 1, 512);
        rig.Usb.BeginReset(UsbSpeed.High);
        rig[Doepctl(1)] |= Ena;
        rig[Grstctl] = 1 << 4;
        rig.Wait(1);
        rig[Dctl] = 1 << 9;
        Assert.Equal(1, rig.Pop().Status);
        rig[Doepctl(1)] |= Dis | Snak;
        rig.Wait(2);
        Assert.Equal(Epdisd, rig[Doepint(1)] & Epdisd);
        Assert.Equal(0u, rig[Doepctl(1)] & Ena);
    }

    [Theory, InlineData(0u, false), InlineData(1u, true)]
    public void Interrupt_reaches_the_NVIC_when_GINT_lets_it_through(uint gint, bool pending)
    {
        var rig = Pybd();
        rig.Start(3);
        rig[Gahbcfg] = gint;
        Assert.False(rig.Machine.Core.Nvic.IsPending(16 + 67));
        rig.Usb.BeginReset(UsbSpeed.Full);
        Assert.Equal(pending, rig.Machine.Core.Nvic.IsPending(16 + 67));
    }

    [Fact] public void Suspend_and_resume_are_told_and_stop_the_frames()
    {
        var rig = Pybd();
        rig.Start(3);
        rig.BusReset(UsbSpeed.Full);
        rig.Wait(5500);
        Assert.Equal(5u, rig[Dsts] >> 8 & 0x7FF);
        rig.Usb.Suspend();
        Assert.Equal(Usbsusp, rig[Gintsts] & Usbsusp);
        Assert.Equal(1u, rig[Dsts] & 1);
        rig.Wait(5000);
        Assert.Equal(5u, rig[Dsts] >> 8 & 0x7FF);
        rig[Pcgcctl] = 1;
        Assert.Contains("STPPCLK", StopOf(() => _ = rig[Dsts]));
        rig[Pcgcctl] = 0;
        rig.Usb.Resume();
        Assert.Equal(Wkup, rig[Gintsts] & Wkup);
        rig.Wait(1500);
        Assert.Equal(6u, rig[Dsts] >> 8 & 0x7FF);
    }

    [Fact] public void Start_of_frame_comes_every_eighth_of_a_millisecond_at_high_speed()
    {
        var rig = V3Mini();
        rig.Start(0);
        rig.BusReset(UsbSpeed.High);
        rig[Gintmsk] = 8;
        rig[Gintsts] = 8;
        rig.Wait(120);
        Assert.Equal(0u, rig[Gintsts] & 8);
        rig.Wait(10);
        Assert.Equal(8u, rig[Gintsts] & 8);
        rig[Gintsts] = 8;
        Assert.Equal(0u, rig[Gintsts] & 8);
    }

    [Fact] public void High_speed_transceiver_without_its_regulator_or_its_wait_never_finishes_a_core_reset()
    {
        var rig = V3Mini();
        Assert.Contains("PHYHSEN = 0", StopOf(() => rig[Grstctl] = 1));
        rig[Gccfg] = 1 << 23;
        Assert.Contains("USBPHYC_LDO", StopOf(() => rig[Grstctl] = 1));
        rig.StartHighSpeedPhy();
        rig[Grstctl] = 1;
    }

    [Fact] public void Transceiver_s_PLL_wants_the_selection_of_the_board_s_clock()
    {
        var rig = V3Mini();
        rig.Memory(0x4001_7C18, 4);
        rig.Wait(50);
        rig.Memory(0x4001_7C00, 4 << 1);
        Assert.Contains("24000000 Hz, while HSE is at 25000000 Hz", StopOf(() => rig.SetBits(0x4001_7C00, 1)));
    }

    [Fact] public void Transceiver_s_PLL_wants_two_milliseconds()
    {
        var rig = V3Mini();
        rig[Gccfg] = 1 << 23;
        rig.Memory(0x4001_7C18, 4);
        rig.Wait(50);
        rig.Memory(0x4001_7C00, 5 << 1 | 1);
        rig.Wait(1900);
        Assert.Contains("less than 2 ms ago", StopOf(() => rig[Grstctl] = 1));
    }

    [Fact] public void Full_speed_wants_48_MHz()
    {
        var rig = Pybd(q: 8);
        Assert.Contains("runs at 54000000 Hz", StopOf(() => rig.Start(3)));
    }

    [Fact] public void Without_routed_pins_no_host_finds_the_device()
    {
        var rig = Pybd();
        rig.Memory(0x4002_0000, 0xA800_0000);
        Assert.Contains("PA11 and PA12 (AF10)", StopOf(() => rig.Start(3)));
    }

    [Fact] public void H7_wants_the_USB_supply_detector()
    {
        var rig = Devebox();
        rig.Memory(0x5802_480C, 2);
        Assert.Contains("USB33DEN", StopOf(() => rig.Start(3)));
    }

    [Fact] public void H7_takes_HSI48_as_well()
    {
        var rig = Devebox();
        rig.SetBits(0x5802_4400, 1 << 12);
        rig.Wait(10);
        rig.SetBits(0x5802_4454, 3 << 20);
        rig.Start(3);
        Assert.True(rig.Usb.Attached);
    }

    [Fact] public void Core_without_clock_is_named()
    {
        var rig = V3Mini();
        rig.Memory(0x4002_3830, 0);
        Assert.Contains("RCC_AHB1ENR.OTGHSEN = 0", StopOf(() => _ = rig[Gintsts]));
    }

    [Fact] public void Core_knows_its_release() => Assert.Equal(0x4F54_330Au, V3Mini()[0x40]);
}
