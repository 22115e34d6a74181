using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Ip;

/// <summary>One connection: it asks for the list of devices or for the device, which it then has until it ends.</summary>
internal sealed class UsbIpPeer(UsbIpServer server, UsbIpLine line) : IDisposable
{
    // Real hosts: usbfs sends 16 KB at most in a piece, usb-storage 120 KB.
    private const int MostBytes = 1 << 20, MostPending = 1024, MostPendingBytes = 1 << 24, MostUnsent = 1 << 20;
    private readonly Dictionary<uint, RemoteRequest> _pending = [];
    private readonly HashSet<string> _said = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _pendingBytes, _wanted = UsbIpOperation.HeaderSize;
    private bool _answered;

    public UsbIpLine Line => line;

    /// <summary>The device is its.</summary>
    public bool HasDevice { get; private set; }

    private ExportedDevice Device => server.Device;

    /// <summary>Moves what can be moved. True: something came. A <see cref="UsbIpRefusal"/> says why it has to end.</summary>
    public bool Pump()
    {
        // One that does not read its answers is not listened to either.
        bool came = line.Unsent < MostUnsent && line.Receive(_wanted);
        while (!line.Ended && line.Received.Length >= _wanted && line.Unsent < MostUnsent) Message();
        line.Send();
        if (!HasDevice && _watch.Elapsed > server.Patience && !line.Ended)
            throw new UsbIpRefusal(_answered ? "it does not close its connection" : $"no whole request came within {server.Patience.TotalSeconds} s");
        if (line.Ended && !_answered && line.Received.Length > 0) throw new UsbIpRefusal($"it ended in the middle of a {(HasDevice ? "command" : "request")}, after {line.Received.Length} bytes");
        return came;
    }

    public void Dispose()
    {
        foreach (var request in _pending.Values.ToArray()) Device.Cancel(request);
        _pending.Clear();
        line.Dispose();
    }

    private void Message()
    {
        if (HasDevice) Urb();
        else if (_answered) line.Used(line.Received.Length);
        else Operation();
    }

    private void Operation()
    {
        var b = line.Received;
        ushort version = BinaryPrimitives.ReadUInt16BigEndian(b), code = BinaryPrimitives.ReadUInt16BigEndian(b[2..]);
        if (version != UsbIpOperation.Version) throw new UsbIpRefusal($"version 0x{version:X4} where USB/IP is 0x{UsbIpOperation.Version:X4}");
        switch (code)
        {
            case UsbIpOperation.DevListRequest:
                line.Used(UsbIpOperation.HeaderSize);
                List();
                (_answered, _wanted) = (true, 1);
                break;
            case UsbIpOperation.ImportRequest:
                _wanted = UsbIpOperation.HeaderSize + UsbIpOperation.BusIdSize;
                if (b.Length < _wanted) return;
                Import(b.Slice(UsbIpOperation.HeaderSize, UsbIpOperation.BusIdSize));
                break;
            default:
                throw new UsbIpRefusal($"a request with the unknown code 0x{code:X4}");
        }
    }

    private void List()
    {
        bool free = Device.Present && server.Importer is null;
        Reply(UsbIpOperation.DevListReply, UsbIpOperation.Ok);
        BinaryPrimitives.WriteUInt32BigEndian(line.Message(4), free ? 1u : 0);
        if (!free) return;
        Append(UsbIpExport.Describe(Device));
        Append(UsbIpExport.Interfaces(Device));
    }

    private void Import(ReadOnlySpan<byte> name)
    {
        int end = name.IndexOf((byte)0);
        string busId = Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
        line.Used(_wanted);
        uint status = busId != UsbIpExport.BusId || !Device.Present ? UsbIpOperation.NoDevice : server.Importer is not null ? UsbIpOperation.Busy : UsbIpOperation.Ok;
        Reply(UsbIpOperation.ImportReply, status);
        if (status != UsbIpOperation.Ok)
        {
            server.Note(line, status == UsbIpOperation.Busy ? "refused: another host has the device" : $"refused: there is no device {Printable(busId)}{(Device.Present ? $", only {UsbIpExport.BusId}" : " now")}");
            (_answered, _wanted) = (true, 1);
            return;
        }
        Append(UsbIpExport.Describe(Device));
        (HasDevice, _wanted) = (true, UsbIpUrb.Size);
        server.Note(line, "has attached the device");
    }

    private void Urb()
    {
        var urb = UsbIpUrb.Read(line.Received);
        if (urb.Device != UsbIpExport.Id) throw new UsbIpRefusal($"a command for the device 0x{urb.Device:X8}; attached is 0x{UsbIpExport.Id:X8}");
        switch (urb.Command)
        {
            case UsbIpUrb.Submit:
                int whole = Check(urb);
                if (line.Received.Length < whole)
                {
                    _wanted = whole;
                    return;
                }
                byte[] data = line.Received[UsbIpUrb.Size..whole].ToArray();
                line.Used(whole);
                _wanted = UsbIpUrb.Size;
                Submit(urb, data);
                break;
            case UsbIpUrb.Unlink:
                line.Used(UsbIpUrb.Size);
                bool taken = _pending.Remove(urb.Victim, out var victim) && Unlink(urb.Victim, victim);
                UsbIpUrb.WriteReply(line.Message(UsbIpUrb.Size), UsbIpUrb.UnlinkReply, urb.Sequence, taken ? UsbIpErrno.Unlinked : 0);
                break;
            default:
                throw new UsbIpRefusal($"the unknown command 0x{urb.Command:X8}");
        }
    }

    /// <summary>Bytes of the whole message. What is wrong here leaves no way to find the next one, or is nothing that a kernel sends.</summary>
    private int Check(in UsbIpUrb urb)
    {
        if (urb.Direction > 1) throw new UsbIpRefusal($"the direction {urb.Direction}");
        if (urb.Endpoint > 15) throw new UsbIpRefusal($"the endpoint {urb.Endpoint}");
        if (urb.Length is < 0 or > MostBytes) throw new UsbIpRefusal($"a transfer of {(uint)urb.Length} bytes; {MostBytes} is the most here");
        if (urb.Packets is not (0 or -1)) throw new UsbIpRefusal("an isochronous transfer, which the bench does not have");
        if (_pending.ContainsKey(urb.Sequence)) throw new UsbIpRefusal($"the sequence number {urb.Sequence} a second time, before the first has ended");
        return UsbIpUrb.Size + (urb.IsIn ? 0 : urb.Length);
    }

    private void Submit(UsbIpUrb urb, byte[] data)
    {
        if (_pending.Count >= MostPending || _pendingBytes + urb.Length > MostPendingBytes)
        {
            Once($"more than {MostPending} requests or {MostPendingBytes} bytes are pending; no more are taken");
            Refuse(urb, UsbIpErrno.NoMemory);
            return;
        }
        if (urb.Endpoint != 0)
        {
            byte endpoint = (byte)(urb.Endpoint | urb.Direction << 7);
            if (Device.Endpoint(endpoint) is null) Once($"a transfer to endpoint 0x{endpoint:X2}, which the configuration does not have");
            Pend(urb, Device.Submit(endpoint, null, urb.IsIn ? new byte[urb.Length] : data, (urb.Flags & UsbIpUrb.ZeroPacket) != 0, r => Completed(urb, r)));
            return;
        }
        var setup = urb.Setup;
        // Without a data stage the pipe's direction means nothing (Linux: urb.c, is_out).
        if (setup.Length > 0 && setup.IsIn != urb.IsIn || !urb.IsIn && setup.Length != urb.Length)
        {
            Once($"{setup} with {urb.Length} bytes {(urb.IsIn ? "IN" : "OUT")}: SETUP packet and transfer contradict each other");
            Refuse(urb, UsbIpErrno.Invalid);
            return;
        }
        Pend(urb, Device.Submit(0, setup, urb.IsIn ? new byte[setup.Length] : data, false, r => Completed(urb, r)));
    }

    private void Pend(in UsbIpUrb urb, RemoteRequest request)
    {
        _pending.Add(urb.Sequence, request);
        _pendingBytes += urb.Length;
    }

    private bool Unlink(uint sequence, RemoteRequest victim)
    {
        _pending.Add(sequence, victim);
        // Ended at this very moment: its own answer goes first, or the kernel gives the connection up ("cannot find a urb of seqnum").
        return Device.Cancel(victim);
    }

    private void Completed(UsbIpUrb urb, RemoteRequest request)
    {
        if (!_pending.Remove(urb.Sequence)) return;
        _pendingBytes -= urb.Length;
        if (request.Status is UsbTransferStatus.Cancelled) return;
        int status = UsbIpErrno.Of(request.Status), length = request.Done;
        if (urb.IsIn && length > urb.Length) (status, length) = (UsbIpErrno.Of(UsbTransferStatus.Babble), urb.Length);
        UsbIpUrb.WriteReply(line.Message(UsbIpUrb.Size), UsbIpUrb.SubmitReply, urb.Sequence, status, length);
        if (urb.IsIn) Append(request.Data[..length]);
    }

    private void Refuse(in UsbIpUrb urb, int status) => UsbIpUrb.WriteReply(line.Message(UsbIpUrb.Size), UsbIpUrb.SubmitReply, urb.Sequence, status);

    private void Reply(ushort code, uint status)
    {
        var b = line.Message(UsbIpOperation.HeaderSize);
        BinaryPrimitives.WriteUInt16BigEndian(b, UsbIpOperation.Version);
        BinaryPrimitives.WriteUInt16BigEndian(b[2..], code);
        BinaryPrimitives.WriteUInt32BigEndian(b[4..], status);
    }

    private void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(line.Message(bytes.Length));

    private void Once(string text)
    {
        if (_said.Count < 16 && _said.Add(text)) server.Note(line, text);
    }

    private static string Printable(string text) => $"\"{string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'))}\"";
}
