using SharpProbe.Sim.Usb;
using SharpProbe.Sim.Usb.Remote;
using SharpProbe.Tests.UsbHosts;

namespace SharpProbe.Tests.Remote;

public class ExportedDeviceTests
{
    private readonly ExportRig _rig = new();

    [Fact] public void It_appears_when_it_is_enumerated_and_no_driver_has_it()
    {
        Assert.Equal(["appeared"], _rig.Events);
        Assert.True(_rig.Exported.Present);
        Assert.Empty(_rig.Host.Ports);
        Assert.Equal(FakeDevice.DeviceDescriptor, _rig.Exported.DeviceDescriptor.ToArray());
        Assert.Equal(FakeDevice.ConfigurationDescriptor(UsbSpeed.High, 2), _rig.Exported.ConfigurationDescriptor.ToArray());
    }

    [Fact] public void A_control_request_brings_what_the_device_says()
    {
        var r = _rig.Done(_rig.Control(0x80, UsbSetup.GetDescriptor, 0x100, 0, 64));
        Assert.Equal((UsbTransferStatus.Ok, 18), (r.Status, r.Done));
        Assert.Equal(FakeDevice.DeviceDescriptor, r.Data.ToArray());
    }

    [Fact] public void A_control_request_takes_bytes_to_the_device()
    {
        byte[] line = [0, 0xC2, 1, 0, 0, 0, 8];
        Assert.True(_rig.Done(_rig.Exported.Submit(0, new(0x21, 0x20, 0, 0, 7), line, false, _rig.Ended.Add)).IsOk);
        Assert.Equal(line, _rig.Done(_rig.Control(0xA1, 0x21, 0, 0, 7)).Data.ToArray());
    }

    [Fact] public void A_request_that_the_device_does_not_know_ends_with_a_stall() =>
        Assert.Equal(UsbTransferStatus.Stall, _rig.Done(_rig.Control(0x80, UsbSetup.GetDescriptor, 0x2200, 0, 64)).Status);

    [Fact] public void The_other_host_s_SET_ADDRESS_is_answered_and_does_not_reach_the_device()
    {
        int before = _rig.Device.Address;
        Assert.True(_rig.Done(_rig.Control(0, UsbSetup.SetAddress, 77, 0)).IsOk);
        Assert.Equal(before, _rig.Device.Address);
        _rig.AssertInStep();
    }

    [Theory]
    [InlineData(UsbSpeed.High, 32768, false, 0)]
    [InlineData(UsbSpeed.High, 1024, true, 1)]
    [InlineData(UsbSpeed.High, 1024, false, 0)]
    [InlineData(UsbSpeed.High, 1000, true, 0)]
    [InlineData(UsbSpeed.High, 0, false, 1)]
    [InlineData(UsbSpeed.Full, 1000, false, 0)]
    [InlineData(UsbSpeed.Full, 128, true, 1)]
    public void A_bulk_OUT_is_cut_into_packets(UsbSpeed speed, int length, bool zeroPacket, int empty)
    {
        var rig = new ExportRig(speed);
        rig.Host.Log = new();
        byte[] bytes = ExportRig.Bytes(length);
        Assert.True(rig.Done(rig.Out(1, bytes, zeroPacket)).IsOk);
        Assert.Equal(bytes, rig.Device.Received);
        var packets = rig.Host.Log.Packets.Where(p => p.Token == UsbToken.Out && p.Endpoint == 1).ToList();
        Assert.Equal(empty, packets.Count(p => p.Data.Length == 0));
        Assert.Equal((length + rig.Device.Max - 1) / rig.Device.Max + empty, packets.Count);
    }

    [Theory]
    [InlineData(UsbSpeed.High)]
    [InlineData(UsbSpeed.Full)]
    public void A_bulk_IN_ends_with_a_short_packet_or_when_it_is_full(UsbSpeed speed)
    {
        var rig = new ExportRig(speed);
        byte[] bytes = ExportRig.Bytes(2 * rig.Device.Max + 7);
        rig.Device.Send(bytes);
        Assert.Equal(bytes, rig.Done(rig.In(0x82, 16384)).Data.ToArray());
        rig.Device.Send(bytes[..(2 * rig.Device.Max)], zero: false);
        Assert.Equal(bytes[..(2 * rig.Device.Max)], rig.Done(rig.In(0x82, 2 * rig.Device.Max)).Data.ToArray());
        rig.Device.SendPacket([]);
        Assert.Equal((UsbTransferStatus.Ok, 0), (rig.Done(rig.In(0x82, 512)).Status, rig.Ended[^1].Done));
    }

    [Fact] public void NAK_is_a_request_that_stays_pending()
    {
        var read = _rig.In(0x82, 512);
        var notify = _rig.In(0x83, 16);
        _rig.Device.HoldOut = true;
        var write = _rig.Out(1, [1, 2, 3]);
        _rig.Run(500);
        Assert.All([read, notify, write], r => Assert.Equal(UsbTransferStatus.Pending, r.Status));
        _rig.Device.HoldOut = false;
        _rig.Device.Send([9]);
        _rig.Device.Say(1);
        _rig.Run();
        Assert.True(read.IsOk && write.IsOk);
        Assert.Equal(UsbTransferStatus.Pending, notify.Status);
    }

    [Fact] public void Requests_of_one_endpoint_end_in_their_order()
    {
        var reads = Enumerable.Range(0, 16).Select(_ => _rig.In(0x82, 512)).ToList();
        for (byte i = 0; i < 16; i++) _rig.Device.Send([i]);
        _rig.Run();
        Assert.Equal(reads, _rig.Ended);
        Assert.Equal(Enumerable.Range(0, 16), reads.Select(r => (int)r.Data[0]));
    }

    [Fact] public void More_than_was_asked_for_is_babble()
    {
        _rig.Device.Send(ExportRig.Bytes(100));
        Assert.Equal(UsbTransferStatus.Babble, _rig.Done(_rig.In(0x82, 64)).Status);
    }

    [Fact] public void Thirty_two_reads_are_taken_back_at_once_and_the_toggles_stay()
    {
        for (int odd = 0; odd < 4; odd++)
        {
            _rig.Ended.Clear();
            var reads = Enumerable.Range(0, 32).Select(_ => _rig.In(0x82, 1024)).ToList();
            _rig.Run(1);
            _rig.Device.Send([1]);
            _rig.Run(1);
            Assert.Single(_rig.Ended);
            Assert.All(reads.Skip(1), r => Assert.True(_rig.Exported.Cancel(r)));
            Assert.Equal(32, _rig.Ended.Count);
            Assert.All(reads.Skip(1), r => Assert.Equal(UsbTransferStatus.Cancelled, r.Status));
            _rig.AssertInStep();
        }
    }

    [Fact] public void A_read_may_be_taken_back_at_any_moment_and_no_byte_that_was_not_in_it_is_lost()
    {
        var random = new Random(4);
        byte next = 0, due = 0;
        for (int i = 0; i < 2000; i++)
        {
            var read = _rig.In(0x82, 1024);
            _rig.Device.Send([next++]);
            _rig.Bench.Run((ulong)random.Next(12_000) * (CableBench.Microsecond / 1000));
            bool taken = _rig.Exported.Cancel(read);
            Assert.Equal(taken ? UsbTransferStatus.Cancelled : UsbTransferStatus.Ok, read.Status);
            foreach (byte b in read.Data) Assert.Equal(due++, b);
            while (due != next)
                foreach (byte b in _rig.Done(_rig.In(0x82, 1024)).Data) Assert.Equal(due++, b);
        }
        Assert.Empty(_rig.Bench.Findings);
    }

    [Fact] public void Taking_back_what_has_ended_already_reports_its_own_end_first()
    {
        _rig.Host.CompleteLatency = ExportRig.Millisecond;
        _rig.Device.Send([5]);
        var read = _rig.In(0x82, 512);
        _rig.Bench.Run(100 * CableBench.Microsecond);
        Assert.Empty(_rig.Ended);
        Assert.False(_rig.Exported.Cancel(read));
        Assert.Equal([read], _rig.Ended);
        Assert.True(read.IsOk);
        _rig.Run();
        Assert.Single(_rig.Ended);
    }

    [Fact] public void A_halted_endpoint_stalls_and_CLEAR_FEATURE_begins_with_DATA0_on_both_sides()
    {
        _rig.AssertInStep();
        foreach (int endpoint in new[] { 1, 0x82 }) Assert.True(_rig.Done(_rig.Control(2, UsbSetup.SetFeature, 0, endpoint)).IsOk);
        Assert.Equal(UsbTransferStatus.Stall, _rig.Done(_rig.Out(1, [1])).Status);
        Assert.Equal(UsbTransferStatus.Stall, _rig.Done(_rig.In(0x82, 512)).Status);
        foreach (int endpoint in new[] { 1, 0x82 }) Assert.True(_rig.Done(_rig.Control(2, UsbSetup.ClearFeature, 0, endpoint)).IsOk);
        _rig.AssertInStep();
    }

    [Fact] public void A_write_that_waits_when_its_halt_is_cleared_goes_out_with_DATA0()
    {
        _rig.AssertInStep();
        _rig.Device.Received.Clear();
        _rig.Device.HoldOut = true;
        _rig.Out(1, [1, 2]);
        _rig.Run();
        _rig.Done(_rig.Control(2, UsbSetup.ClearFeature, 0, 1));
        _rig.Device.HoldOut = false;
        _rig.Run(20);
        Assert.Equal(new byte[] { 1, 2 }, _rig.Device.Received);
        Assert.Equal(0, _rig.Device.WrongToggles);
    }

    [Theory]
    [InlineData(0, UsbSetup.SetConfiguration, 1, 0)]
    [InlineData(1, UsbSetup.SetInterface, 0, 1)]
    public void Requests_that_reset_the_device_s_toggles_reset_the_host_s(byte type, byte request, int value, int index)
    {
        _rig.AssertInStep();
        Assert.True(_rig.Done(_rig.Control(type, request, value, index)).IsOk);
        _rig.AssertInStep();
    }

    [Fact] public void Without_a_configuration_there_are_no_endpoints()
    {
        var read = _rig.In(0x82, 512);
        _rig.Run(1);
        Assert.True(_rig.Done(_rig.Exported.SetConfiguration(0, _rig.Ended.Add)).IsOk);
        Assert.Equal(UsbTransferStatus.Gone, read.Status);
        Assert.Equal(UsbTransferStatus.NoEndpoint, _rig.Done(_rig.In(0x82, 512)).Status);
        Assert.Null(_rig.Exported.Endpoint(0x82));
        Assert.True(_rig.Done(_rig.Exported.SetConfiguration(1, _rig.Ended.Add)).IsOk);
        Assert.Equal(512, _rig.Exported.Endpoint(0x82)!.MaxPacket);
        _rig.AssertInStep();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_reset_gives_address_and_configuration_back_and_requests_wait_for_its_end(int configuration)
    {
        _rig.Done(_rig.Exported.SetConfiguration(configuration, _rig.Ended.Add));
        var read = configuration == 1 ? _rig.In(0x82, 512) : null;
        _rig.Run(1);
        int resets = _rig.Device.Resets;
        _rig.Exported.Reset();
        _rig.Exported.Reset();
        Assert.Equal(read is null ? null : UsbTransferStatus.Gone, read?.Status);
        var early = _rig.Control(0x80, UsbSetup.GetConfiguration, 0, 0, 1);
        var taken = _rig.Control(0x80, UsbSetup.GetConfiguration, 0, 0, 1);
        Assert.True(_rig.Exported.Cancel(taken));
        _rig.Done(early, 100);
        Assert.Equal(new[] { (byte)configuration }, early.Data.ToArray());
        Assert.Equal(resets + 1, _rig.Device.Resets);
        Assert.Equal(["appeared"], _rig.Events);
        if (configuration == 1) _rig.AssertInStep();
        else Assert.Equal(UsbTransferStatus.NoEndpoint, _rig.Done(_rig.In(0x82, 512)).Status);
    }

    [Fact] public void A_device_that_describes_itself_differently_after_a_reset_is_another_one()
    {
        byte[] other = FakeDevice.DeviceDescriptor;
        other[10] = 0x19;
        _rig.Device.Instead[(1, 0)] = other;
        _rig.Exported.Reset();
        _rig.Run(500);
        Assert.Equal(["appeared", "gone", "appeared"], _rig.Events);
        Assert.Equal(0x19, _rig.Exported.DeviceDescriptor[10]);
        _rig.AssertInStep();
    }

    [Fact] public void One_that_detaches_and_attaches_as_another_is_gone_and_appears()
    {
        var read = _rig.In(0x82, 512);
        _rig.Run(1);
        _rig.Device.Attached = false;
        Assert.Equal(UsbTransferStatus.Gone, read.Status);
        Assert.Equal(["appeared", "gone"], _rig.Events);
        Assert.Equal(UsbTransferStatus.Gone, _rig.Done(_rig.In(0x82, 512)).Status);
        byte[] other = FakeDevice.DeviceDescriptor;
        (other[8], other[9], other[10], other[11]) = (0x83, 0x04, 0x11, 0xDF);
        _rig.Device.Instead[(1, 0)] = other;
        (_rig.Device.Address, _rig.Device.Configuration) = (0, 0);
        _rig.Device.Attached = true;
        _rig.Run(500);
        Assert.Equal(["appeared", "gone", "appeared"], _rig.Events);
        Assert.Equal(0x0483, _rig.Exported.Identity.Descriptor!.Vendor);
        _rig.AssertInStep();
    }

    [Fact] public void Unplugged_during_a_reset_it_is_gone_and_what_waited_has_ended()
    {
        _rig.Exported.Reset();
        var waiting = _rig.Out(1, [1]);
        _rig.Run(3);
        _rig.Host.Unplug();
        Assert.Equal(UsbTransferStatus.Gone, waiting.Status);
        Assert.Equal(["appeared", "gone"], _rig.Events);
        _rig.Host.Plug(_rig.Device);
        _rig.Run(500);
        Assert.Equal(["appeared", "gone", "appeared"], _rig.Events);
        _rig.AssertInStep();
    }

    [Fact] public void One_that_no_longer_answers_after_a_reset_is_gone()
    {
        _rig.Device.Deaf = true;
        _rig.Exported.Reset();
        _rig.Run(2000);
        Assert.Equal(["appeared", "gone"], _rig.Events);
    }

    [Fact] public void Requests_of_a_suspended_bus_go_on_after_resume()
    {
        var read = _rig.In(0x82, 512);
        _rig.Exported.Suspend();
        _rig.Run(10);
        Assert.Equal(1, _rig.Device.Suspends);
        _rig.Device.Send([7]);
        _rig.Run(50);
        Assert.Equal(UsbTransferStatus.Pending, read.Status);
        _rig.Exported.Resume();
        _rig.Run(50);
        Assert.Equal(new byte[] { 7 }, read.Data.ToArray());
        Assert.Equal(["appeared"], _rig.Events);
        _rig.AssertInStep();
    }

    [Fact] public void It_is_busy_while_something_is_under_way_and_not_for_reads_that_wait()
    {
        _rig.In(0x82, 512);
        _rig.In(0x83, 16);
        _rig.Run(20);
        Assert.False(_rig.Exported.Busy);
        _rig.Device.HoldOut = true;
        _rig.Out(1, [1]);
        _rig.Run(20);
        Assert.True(_rig.Exported.Busy);
        _rig.Run(1000);
        Assert.False(_rig.Exported.Busy);
    }
}
