using System.Text;
using SharpProbe.Tests.UsbHosts;

namespace SharpProbe.Tests.UsbIp;

/// <summary>Peers that break the rules, on purpose or because they broke: they lose their connection, with a message, and the next one finds everything in order.</summary>
public sealed class HostileTests : IDisposable
{
    private const uint Id = 1 << 16 | 1;
    private readonly ServedDevice _served;
    private readonly FakeDevice _device;

    public HostileTests() => _served = ServedDevice.Software(out _device);

    public void Dispose() => _served.Dispose();

    private void AssertServes()
    {
        using var client = _served.AttachedInTheEnd();
        Assert.Equal(FakeDevice.DeviceDescriptor, client.Descriptor(1, 0, 18));
        Assert.Equal(0, client.Control(0, 9, 1, 0).Status);
        Assert.Equal(0, client.Out(1, [1, 2, 3]).Status);
        Assert.Equal(0, _device.WrongToggles);
    }

    [Theory]
    [InlineData("version 0x0106", "0106 8005 00000000")]
    [InlineData("version 0x4745", "47455420 2F204854")]
    [InlineData("the unknown code 0x8001", "0111 8001 00000000")]
    [InlineData("the unknown code 0x0003", "0111 0003 00000000")]
    public void A_request_that_is_none_is_refused(string note, string hex)
    {
        using var client = _served.Connect();
        client.Stream.Write(Convert.FromHexString(hex.Replace(" ", "")));
        _served.AwaitNote(note);
        Assert.True(client.IsClosed());
        AssertServes();
    }

    [Theory]
    [InlineData("2-1")]
    [InlineData("")]
    [InlineData("1-1.../../../etc/passwd")]
    [InlineData("\u0001\u0002\u0003\u001b[2J")]
    public void A_device_that_is_not_there_is_ST_NODEV(string busId)
    {
        using var client = _served.Connect();
        Assert.Equal(4u, client.Import(busId));
        _served.AwaitNote("there is no device \"");
        Assert.DoesNotContain('\u001b', _served.Notes.ToString());
        AssertServes();
    }

    [Fact] public void A_bus_id_of_32_bytes_without_an_end_is_refused()
    {
        using var client = _served.Connect();
        Assert.Equal(4u, client.Import(new string('x', 32)));
        AssertServes();
    }

    [Theory]
    [InlineData("the direction 2", 1u, Id, 2u, 0u, 0, 0u)]
    [InlineData("the endpoint 16", 1u, Id, 1u, 16u, 64, 0u)]
    [InlineData("the endpoint 4294967295", 1u, Id, 1u, 0xFFFFFFFFu, 64, 0u)]
    [InlineData("a transfer of 4294967295 bytes", 1u, Id, 0u, 1u, -1, 0u)]
    [InlineData("a transfer of 2147483647 bytes", 1u, Id, 1u, 2u, int.MaxValue, 0u)]
    [InlineData("a transfer of 1048577 bytes", 1u, Id, 0u, 1u, (1 << 20) + 1, 0u)]
    [InlineData("an isochronous transfer", 1u, Id, 1u, 2u, 64, 8u)]
    [InlineData("a command for the device 0x00010002", 1u, Id + 1, 1u, 2u, 64, 0u)]
    [InlineData("the unknown command 0x00000003", 3u, Id, 1u, 2u, 64, 0u)]
    [InlineData("the unknown command 0x00000000", 0u, Id, 0u, 0u, 0, 0u)]
    public void A_command_that_no_kernel_sends_ends_the_connection(string note, uint command, uint device, uint direction, uint endpoint, int length, uint packets)
    {
        using var client = _served.Attached();
        byte[] header = UsbIpClient.SubmitHeader(7, device, direction, endpoint, length, null, 0, packets);
        header[3] = (byte)command;
        client.Stream.Write(header);
        _served.AwaitNote(note);
        Assert.True(client.IsClosed());
        AssertServes();
    }

    [Fact] public void A_sequence_number_that_is_still_pending_cannot_be_used_again()
    {
        using var client = _served.Attached();
        client.Stream.Write(UsbIpClient.SubmitHeader(7, Id, 1, 2, 64));
        client.Stream.Write(UsbIpClient.SubmitHeader(7, Id, 1, 2, 64));
        _served.AwaitNote("the sequence number 7 a second time");
        Assert.True(client.IsClosed());
        AssertServes();
    }

    [Fact] public void An_endpoint_that_the_configuration_does_not_have_is_ENOENT_and_the_connection_goes_on()
    {
        using var client = _served.Attached();
        Assert.Equal(-2, client.In(9, 64).Status);
        Assert.Equal(-2, client.Out(2, [1]).Status);
        _served.AwaitNote("endpoint 0x89");
        Assert.Equal(18, client.Descriptor(1, 0, 18).Length);
    }

    [Fact] public void A_SETUP_packet_that_contradicts_its_transfer_is_EINVAL_and_does_not_reach_the_device()
    {
        using var client = _served.Attached();
        int before = _device.Requests.Count;
        Assert.Equal(-22, client.Wait(client.Submit(0, false, [1, 2], setup: [0x21, 0x20, 0, 0, 0, 0, 7, 0])).Status);
        Assert.Equal(-22, client.Wait(client.Submit(0, false, [], setup: [0x80, 6, 0, 1, 0, 0, 18, 0])).Status);
        Assert.Equal(-22, client.Wait(client.Submit(0, true, length: 7, setup: [0x21, 0x20, 0, 0, 0, 0, 7, 0])).Status);
        Assert.Equal(before, _device.Requests.Count);
        Assert.Equal(18, client.Descriptor(1, 0, 18).Length);
    }

    [Fact] public void A_control_answer_longer_than_its_transfer_is_EOVERFLOW()
    {
        using var client = _served.Attached();
        var answer = client.Wait(client.Submit(0, true, length: 8, setup: [0x80, 6, 0, 1, 0, 0, 18, 0]));
        Assert.Equal((-75, 8), (answer.Status, answer.Length));
        Assert.Equal(18, client.Descriptor(1, 0, 18).Length);
    }

    [Fact] public void Taking_back_what_is_not_pending_is_answered_with_0()
    {
        using var client = _served.Attached();
        uint sequence = client.Submit(0, true, length: 18, setup: [0x80, 6, 0, 1, 0, 0, 18, 0]);
        client.Wait(sequence);
        Assert.Equal(0, client.Wait(client.Unlink(sequence)).Status);
        Assert.Equal(0, client.Wait(client.Unlink(0xFFFFFFFF)).Status);
        uint read = client.Submit(2, true, length: 64);
        Assert.Equal(-104, client.Wait(client.Unlink(read)).Status);
        Assert.Equal(0, client.Wait(client.Unlink(read)).Status);
        Assert.False(client.Has(read));
    }

    [Fact] public void An_answer_and_its_taking_back_never_cross()
    {
        using var client = _served.Attached();
        client.Control(0, 9, 1, 0);
        int own = 0, taken = 0;
        for (int i = 0; i < 500; i++)
        {
            uint read = client.Submit(2, true, length: 512);
            byte value = (byte)i;
            _served.Paused(() => _device.Send([value]));
            if (i % 100 == 0) Thread.Sleep(20);
            else if (i % 3 == 0) Thread.SpinWait(i * 40);
            uint unlink = client.Unlink(read);
            int status = client.Wait(unlink).Status;
            Assert.Equal(status == 0, client.Has(read));
            if (status == 0)
            {
                own++;
                Assert.Equal(new[] { value }, client.Wait(read).Data);
                continue;
            }
            taken++;
            Assert.Equal(-104, status);
            Assert.Equal(new[] { value }, client.In(2, 512).Data);
        }
        Assert.True(own > 0, $"{own} ended by themselves, {taken} were taken back");
        Assert.Empty(_served.Host.Findings.All);
    }

    [Fact] public void A_peer_that_dies_at_any_byte_leaves_no_trace()
    {
        byte[] line = [0, 0xC2, 1, 0, 0, 0, 8];
        byte[] script = [.. UsbIpClient.ImportRequest("1-1"), .. UsbIpClient.SubmitHeader(1, Id, 1, 0, 18, [0x80, 6, 0, 1, 0, 0, 18, 0]),
            .. UsbIpClient.SubmitHeader(2, Id, 0, 0, 7, [0x21, 0x20, 0, 0, 0, 0, 7, 0]), .. line, .. UsbIpClient.SubmitHeader(3, Id, 1, 2, 512), .. UsbIpClient.SubmitHeader(4, Id, 0, 1, 4), 1, 2, 3, 4];
        for (int cut = 0; cut <= script.Length; cut++)
        {
            using (var client = _served.Connect())
            {
                client.Stream.Write(script.AsSpan(0, cut));
                if (cut % 2 == 0) client.Abort();
            }
            if (cut >= 40) _served.Await(() => !_served.Server.IsAttached, $"free after {cut} bytes");
        }
        _served.AwaitNote("in the middle of a command");
        AssertServes();
    }

    [Fact] public void Random_bytes_do_not_stop_the_bench()
    {
        var random = new Random(20261121);
        byte[] valid = [.. UsbIpClient.ImportRequest("1-1"), .. UsbIpClient.SubmitHeader(1, Id, 1, 0, 18, [0x80, 6, 0, 1, 0, 0, 18, 0]), .. UsbIpClient.SubmitHeader(3, Id, 1, 2, 512),
            .. UsbIpClient.SubmitHeader(4, Id, 0, 1, 4), 1, 2, 3, 4, .. UsbIpClient.SubmitHeader(5, Id, 0, 0, 0, [0, 9, 1, 0, 0, 0, 0, 0])];
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes;
            if (i % 4 == 0)
            {
                bytes = new byte[random.Next(1, 600)];
                random.NextBytes(bytes);
            }
            else
            {
                bytes = [.. valid];
                // In the first 40 bytes only sometimes: most are to get past the import.
                for (int n = random.Next(1, 5); n > 0; n--) bytes[random.Next(random.Next(8) == 0 ? 0 : 40, bytes.Length)] = (byte)random.Next(256);
            }
            using var client = _served.Connect();
            try
            {
                client.Stream.Write(bytes);
                if (i % 16 == 1) Thread.Sleep(3);
            }
            catch (IOException)
            {
                // It was refused before its last byte.
            }
        }
        AssertServes();
    }

    [Fact] public void A_peer_that_does_not_read_is_not_listened_to_and_the_bench_goes_on()
    {
        using var client = _served.Attached();
        client.Stream.WriteTimeout = 300;
        // CMD_UNLINKs, whose answers cost the bench nothing.
        byte[] requests = [.. Enumerable.Repeat(UsbIpClient.SubmitHeader(1, Id, 0, 0, 0), 1000).SelectMany(h => h)];
        for (int at = 3; at < requests.Length; at += 48) requests[at] = 2;
        int sent = 0;
        try
        {
            for (; sent < 2000; sent++) client.Stream.Write(requests);
        }
        catch (IOException)
        {
            // Its own buffer is full.
        }
        Assert.InRange(sent, 1, 1999);
        client.Abort();
        AssertServes();
    }

    [Fact] public void One_that_says_nothing_is_asked_to_go()
    {
        _served.Server.Patience = TimeSpan.FromMilliseconds(100);
        using var silent = _served.Connect();
        silent.Stream.Write([1]);
        Assert.True(silent.IsClosed());
        _served.AwaitNote("no whole request came within 0.1 s");
        _served.Server.Patience = TimeSpan.FromSeconds(5);
        AssertServes();
    }

    [Fact] public void Too_many_connections_are_refused()
    {
        var clients = Enumerable.Range(0, 20).Select(_ => _served.Connect()).ToList();
        _served.AwaitNote("8 connections are open");
        clients.ForEach(c => c.Dispose());
        _served.Await(() => true, "");
        Thread.Sleep(50);
        AssertServes();
    }

    [Fact] public void More_requests_than_anyone_needs_are_ENOMEM()
    {
        using var client = _served.Attached();
        var many = Enumerable.Range(0, 1100).Select(_ => client.Submit(2, true, length: 512)).ToList();
        Assert.Equal(-12, client.Wait(many[^1]).Status);
        _served.AwaitNote("no more are taken");
        Assert.Equal(-104, client.Wait(client.Unlink(many[0])).Status);
    }
}
