using System.Buffers.Binary;
using SharpProbe.Sim.Usb.Usbredir;
using SharpProbe.Tests.Remote;

namespace SharpProbe.Tests.Usbredir;

/// <summary>The usbredir adapter, over the device in software.</summary>
public class RedirTests
{
    [Fact] public void A_device_is_described_before_it_is_connected()
    {
        var guest = new RedirGuest(new()).Greeted();
        var (type, _, endpoints) = guest.Next();
        Assert.Equal((5u, 160), (type, endpoints.Length));
        Assert.Equal((2, 2, 3, 255), (endpoints[1], endpoints[16 + 2], endpoints[16 + 3], endpoints[2]));
        Assert.Equal(9, endpoints[32 + 16 + 3]);
        Assert.Equal(512, BinaryPrimitives.ReadUInt16LittleEndian(endpoints.AsSpan(96 + 2 * 1)));
        (type, _, byte[] interfaces) = guest.Next();
        Assert.Equal((4u, 2, 0x0A), (type, interfaces[0], interfaces[4 + 32 + 1]));
        (type, _, byte[] connect) = guest.Next();
        Assert.Equal(1u, type);
        Assert.Equal([2, 0xEF, 2, 1, 0x50, 0x1D, 0x18, 0x60, 0, 2], connect);
    }

    [Fact] public void A_side_without_64_bit_ids_and_long_lengths_is_served_in_its_own_words()
    {
        var guest = RedirGuest.Connected(capabilities: 0);
        guest.Send(101, 7, 0x01, 0, 3, 0, 0, 0, 0, 0, 1, 2, 3);
        guest.Rig.Run();
        var (type, id, body) = guest.Next();
        Assert.Equal((101u, 7ul), (type, id));
        Assert.Equal([0x01, 0, 3, 0, 0, 0, 0, 0], body);
        Assert.Equal([1, 2, 3], guest.Rig.Device.Received);
    }

    [Fact] public void Control_requests_come_back_with_data_or_as_a_stall()
    {
        var guest = RedirGuest.Connected();
        guest.Control(0xABCD_1234_5678, 0x80, 6, 0x0100, 0, 64);
        guest.Rig.Run();
        var (_, id, body) = guest.Next();
        Assert.Equal(0xABCD_1234_5678ul, id);
        Assert.Equal([0, 6, 0x80, 0, 0, 1, 0, 0, 18, 0, 18, 1], body[..12]);
        guest.Control(2, 0x80, 6, 0x0900, 0, 64);
        guest.Rig.Run();
        Assert.Equal([0, 6, 0x80, 4, 0, 9, 0, 0, 0, 0], guest.Next().Body);
        guest.Control(3, 0x21, 0x20, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7);
        guest.Rig.Run();
        Assert.Equal([0, 0x20, 0x21, 0, 0, 0, 0, 0, 7, 0], guest.Next().Body);
    }

    [Fact] public void A_bulk_transfer_of_many_packets_ends_when_it_is_full_or_with_a_short_packet()
    {
        var guest = RedirGuest.Connected();
        byte[] bytes = ExportRig.Bytes(70_000);
        guest.Bulk(1, 0x01, bytes.Length, bytes);
        guest.Rig.Run(20);
        Assert.Equal([0x01, 0, 0x70, 0x11, 0, 0, 0, 0, 1, 0], guest.Next().Body);
        Assert.Equal(bytes, guest.Rig.Device.Received);
        guest.Bulk(2, 0x82, 1024);
        guest.Bulk(3, 0x82, 1024);
        guest.Rig.Run();
        Assert.Empty(guest.Types());
        guest.Rig.Device.Send(bytes[..1324]);
        guest.Rig.Run();
        var (first, second) = (guest.Next(), guest.Next());
        Assert.Equal((2ul, 3ul), (first.Id, second.Id));
        Assert.Equal(bytes[..1324], first.Body[10..].Concat(second.Body[10..]));
    }

    [Fact] public void A_cancelled_transfer_is_answered_once_and_its_id_may_be_used_again()
    {
        var guest = RedirGuest.Connected();
        for (ulong id = 0; id < 16; id++) guest.Bulk(id, 0x82, 512);
        for (ulong id = 0; id < 16; id++) guest.Send(21, id);
        guest.Send(21, 3);
        for (ulong id = 0; id < 16; id++)
        {
            var (type, of, body) = guest.Next();
            Assert.Equal((101u, id), (type, of));
            Assert.Equal([0x82, 1, 0, 0, 0, 0, 0, 0, 0, 0], body);
        }
        guest.Bulk(3, 0x82, 512);
        guest.Rig.Device.Send([9]);
        guest.Rig.Run();
        Assert.Equal([0x82, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9], guest.Next().Body);
        Assert.Empty(guest.Types());
        guest.Rig.AssertInStep();
    }

    [Fact] public void Configuration_and_settings_are_set_and_asked_for_with_a_new_description()
    {
        var guest = RedirGuest.Connected();
        guest.Send(6, 1, 1);
        guest.Rig.Run();
        Assert.Equal((5u, 4u), (guest.Next().Type, guest.Next().Type));
        Assert.Equal([0, 1], guest.Next().Body);
        guest.Send(9, 2, 1, 0);
        guest.Rig.Run();
        Assert.Equal((5u, 4u), (guest.Next().Type, guest.Next().Type));
        Assert.Equal([0, 1, 0], guest.Next().Body);
        guest.Send(7, 3);
        Assert.Equal([0, 1], guest.Next().Body);
        guest.Send(10, 4, 1);
        Assert.Equal([0, 1, 0], guest.Next().Body);
        guest.Send(10, 5, 9);
        Assert.Equal(2, guest.Next().Body[0]);
        guest.Send(6, 6, 77);
        guest.Rig.Run();
        Assert.Equal([4, 1], guest.Next().Body);
    }

    [Fact] public void Interrupt_endpoints_are_read_from_start_to_stop()
    {
        var guest = RedirGuest.Connected();
        guest.Send(15, 1, 0x83);
        Assert.Equal([0, 0x83], guest.Next().Body);
        guest.Send(15, 2, 0x82);
        Assert.Equal([2, 0x82], guest.Next().Body);
        guest.Send(16, 3, 0x83);
        Assert.Equal([0, 0x83], guest.Next().Body);
        Assert.Empty(guest.Types());
    }

    [Fact] public void A_reset_ends_what_was_pending_and_the_device_works_on()
    {
        var guest = RedirGuest.Connected();
        guest.Bulk(1, 0x82, 512);
        guest.Send(3, 0);
        guest.Send(3, 0);
        guest.Rig.Run(200);
        Assert.Equal([101u], guest.Types());
        guest.Rig.AssertInStep();
    }

    [Fact] public void Unplugging_ends_requests_and_disconnects_and_a_new_device_is_connected_on_the_same_connection()
    {
        var guest = RedirGuest.Connected();
        guest.Bulk(1, 0x82, 512);
        guest.Rig.Host.Unplug();
        guest.Rig.Run();
        Assert.Equal([101u, 2u], guest.Types());
        guest.Send(24, 0);
        guest.Rig.Host.Plug(guest.Rig.Device);
        guest.Rig.Run(400);
        Assert.Equal([5u, 4u, 1u], guest.Types());
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "the first packet is Reset, not Hello", Packet(3) },
        { "a Hello of 5 bytes", Packet(0, 1, 2, 3, 4, 5) },
        { "a packet of type 0 says it is 4294967295 bytes long; 16777280 are the most", [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void One_that_does_not_begin_as_it_should_is_refused(string message, byte[] bytes) =>
        Assert.Equal(message, Assert.Throws<RedirError>(() => new RedirGuest(new()).Raw(bytes)).Message);

    public static TheoryData<string, uint, byte[]> Wrong => new()
    {
        { "a second Hello", 0, RedirGuest.Hello("again") },
        { "there is no packet type 99", 99, [] },
        { "StartIsoStream is not for a device with bulk and interrupt endpoints only", 12, [1, 2, 3] },
        { "SetConfiguration with 0 bytes; 1 are due", 6, [] },
        { "SetAltSetting with 3 bytes; 2 are due", 9, [1, 2, 3] },
        { "Control with 9 bytes", 100, new byte[9] },
        { "Control, SET_LINE_CODING(interface 0): 6 bytes come with it", 100, [0, 0x20, 0x21, 0, 0, 0, 0, 0, 7, 0, 1, 2, 3, 4, 5, 6] },
        { "Bulk with 3 bytes", 101, [1, 0, 0] },
        { "Bulk to endpoint 0x01 for 4 bytes: 3 bytes come with it", 101, [1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3] },
        { "Bulk to endpoint 0x82 for 4294967295 bytes; 16777280 are the most", 101, [0x82, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF] },
        { "Interrupt to endpoint 0x83, which only sends", 103, [0x83, 0, 1, 0] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void One_that_breaks_the_protocol_is_refused(string message, uint type, byte[] body) =>
        Assert.Equal(message, Assert.Throws<RedirError>(() => RedirGuest.Connected().Send(type, 1, body)).Message);

    [Fact] public void One_that_asks_for_more_than_can_be_kept_is_refused()
    {
        var guest = RedirGuest.Connected();
        for (ulong id = 0; id < 1024; id++) guest.Bulk(id, 0x82, 512);
        Assert.Equal("1024 requests wait for the device; more are refused", Assert.Throws<RedirError>(() => guest.Bulk(1024, 0x82, 512)).Message);
        guest = RedirGuest.Connected();
        for (ulong id = 0; id < 4; id++) guest.Bulk(id, 0x82, 16 << 20);
        Assert.Equal("requests for 67108864 bytes wait for the device; more are refused", Assert.Throws<RedirError>(() => guest.Bulk(4, 0x82, 1)).Message);
    }

    [Fact] public void A_transfer_to_an_endpoint_that_is_not_there_is_answered_so()
    {
        var guest = RedirGuest.Connected();
        guest.Bulk(1, 0x05, 1, 1);
        Assert.Equal([0x05, 2, 0, 0, 0, 0, 0, 0, 0, 0], guest.Next().Body);
        guest.Bulk(2, 0x83, 16);
        Assert.Equal([0x83, 2, 0, 0, 0, 0, 0, 0, 0, 0], guest.Next().Body);
    }

    [Fact] public void Three_thousand_random_packets_are_answered_or_refused()
    {
        var random = new Random(1);
        int refused = 0;
        var guest = RedirGuest.Connected();
        for (int i = 0; i < 3000; i++)
        {
            byte[] body = new byte[random.Next(14)];
            random.NextBytes(body);
            uint type = (uint)(random.Next(2) == 0 ? random.Next(28) : 100 + random.Next(5));
            try
            {
                guest.Send(type, (ulong)random.Next(8), body);
                if (i % 16 == 0) guest.Rig.Run(1);
            }
            catch (RedirError)
            {
                refused++;
                guest = RedirGuest.Connected();
            }
        }
        Assert.InRange(refused, 300, 3000);
    }

    private static byte[] Packet(byte type, params byte[] body) => [type, 0, 0, 0, (byte)body.Length, 0, 0, 0, 0, 0, 0, 0, .. body];
}
