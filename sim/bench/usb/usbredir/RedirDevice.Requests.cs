using System.Buffers.Binary;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Usbredir;

internal sealed partial class RedirDevice
{
    private const int ControlHeader = 10, InterruptHeader = 4;

    private int BulkHeader => Has(RedirCapabilities.BulkLength32) ? 10 : 8;

    private void ResetDevice()
    {
        foreach (byte endpoint in _interrupts.Keys.ToArray()) StopInterrupt(endpoint);
        _device.Reset();
    }

    private void SetConfiguration(ulong id, byte value) => Submit(id, 0,
        completed => _device.SetConfiguration(value, completed),
        request =>
        {
            _interrupts.Clear();
            if (request.IsOk) Describe();
            ConfigurationStatus(id, Status(request));
        });

    private void ConfigurationStatus(ulong id, RedirStatus status)
    {
        var body = Output.Packet(RedirType.ConfigurationStatus, id, 2);
        (body[0], body[1]) = ((byte)status, (byte)_device.Configuration);
    }

    private void SetAltSetting(ulong id, byte number, byte alternate) => Submit(id, 0,
        completed => _device.SetInterface(number, alternate, completed),
        request =>
        {
            if (request.IsOk) Describe();
            AltSettingStatus(id, number, Status(request));
        });

    private void AltSettingStatus(ulong id, byte number, RedirStatus status)
    {
        var setting = _device.Interfaces.FirstOrDefault(i => i.Number == number);
        var body = Output.Packet(RedirType.AltSettingStatus, id, 3);
        (body[0], body[1], body[2]) = ((byte)(setting is null ? RedirStatus.Inval : status), number, (byte)(setting?.Alternate ?? 0));
    }

    /// <summary>Input interrupt endpoints are read without being asked, from start to stop.</summary>
    private void StartInterrupt(ulong id, byte endpoint)
    {
        bool known = (endpoint & 0x80) != 0 && _device.Endpoint(endpoint) is { Kind: UsbEndpointKind.Interrupt };
        InterruptStatus(id, endpoint, known ? RedirStatus.Success : RedirStatus.Inval);
        if (known && !_interrupts.ContainsKey(endpoint)) ReadInterrupt(endpoint);
    }

    private void StopInterrupt(byte endpoint)
    {
        if (_interrupts.Remove(endpoint, out var request)) _device.Cancel(request);
    }

    private void ReadInterrupt(byte endpoint) =>
        _interrupts[endpoint] = _device.Submit(endpoint, null, _device.Endpoint(endpoint)!.MaxPacket, InterruptCame);

    private void InterruptCame(RemoteRequest request)
    {
        if (_connected && request.IsOk)
        {
            var body = Output.Packet(RedirType.Interrupt, _interruptId++, InterruptHeader + request.Done);
            body[0] = request.Endpoint;
            BinaryPrimitives.WriteUInt16LittleEndian(body[2..], (ushort)request.Done);
            request.Data.CopyTo(body[InterruptHeader..]);
        }
        // Stopped meanwhile, or started again since.
        if (_interrupts.GetValueOrDefault(request.Endpoint) != request) return;
        _interrupts.Remove(request.Endpoint);
        if (!_connected) return;
        if (request.IsOk && _device.Endpoint(request.Endpoint) is not null) ReadInterrupt(request.Endpoint);
        else InterruptStatus(0, request.Endpoint, RedirStatus.Stall);
    }

    private void InterruptStatus(ulong id, byte endpoint, RedirStatus status)
    {
        var body = Output.Packet(RedirType.InterruptReceivingStatus, id, 2);
        (body[0], body[1]) = ((byte)status, endpoint);
    }

    /// <summary>Is answered at once with what is known then; a request that has ended already has been answered.</summary>
    private void Cancel(ulong id)
    {
        foreach (var p in _pending.Where(p => p.Id == id).ToArray()) _device.Cancel(p.Request!);
    }

    private void Control(ulong id, ReadOnlySpan<byte> body)
    {
        if (body.Length < ControlHeader) throw new RedirError($"Control with {body.Length} bytes");
        byte[] header = body[..ControlHeader].ToArray();
        // In the packet the request comes before its type.
        var setup = new UsbSetup(header[2], header[1], Word(header, 4), Word(header, 6), Word(header, 8));
        byte[] data = body[ControlHeader..].ToArray();
        if (data.Length != (setup.IsIn ? 0 : setup.Length)) throw new RedirError($"Control, {setup}: {data.Length} bytes come with it");
        Submit(id, setup.Length,
            completed => _device.Submit(0, setup, setup.IsIn ? new byte[setup.Length] : data, false, completed),
            request =>
            {
                int back = setup.IsIn && request.IsOk ? request.Done : 0;
                var reply = Output.Packet(RedirType.Control, id, ControlHeader + back);
                header.CopyTo(reply);
                reply[3] = (byte)Status(request);
                BinaryPrimitives.WriteUInt16LittleEndian(reply[8..], (ushort)(setup.IsIn ? back : request.Done));
                request.Data[..back].CopyTo(reply[ControlHeader..]);
            });
    }

    private void Bulk(ulong id, ReadOnlySpan<byte> body)
    {
        if (body.Length < BulkHeader) throw new RedirError($"Bulk with {body.Length} bytes");
        byte[] header = body[..BulkHeader].ToArray();
        byte endpoint = header[0];
        int length = Word(header, 2) | (header.Length > 8 ? Word(header, 8) << 16 : 0);
        if (length is < 0 or > RedirReader.Longest) throw new RedirError($"Bulk to endpoint 0x{endpoint:X2} for {(uint)length} bytes; {RedirReader.Longest} are the most");
        Data(RedirType.Bulk, id, header, length, body[BulkHeader..], UsbEndpointKind.Bulk);
    }

    private void Interrupt(ulong id, ReadOnlySpan<byte> body)
    {
        if (body.Length < InterruptHeader) throw new RedirError($"Interrupt with {body.Length} bytes");
        byte[] header = body[..InterruptHeader].ToArray();
        if ((header[0] & 0x80) != 0) throw new RedirError($"Interrupt to endpoint 0x{header[0]:X2}, which only sends");
        Data(RedirType.Interrupt, id, header, Word(header, 2), body[InterruptHeader..], UsbEndpointKind.Interrupt);
    }

    /// <summary>A transfer to or from an endpoint; the answer has the request's header.</summary>
    private void Data(RedirType type, ulong id, byte[] header, int length, ReadOnlySpan<byte> data, UsbEndpointKind kind)
    {
        byte endpoint = header[0];
        bool isIn = (endpoint & 0x80) != 0;
        if (data.Length != (isIn ? 0 : length)) throw new RedirError($"{type} to endpoint 0x{endpoint:X2} for {length} bytes: {data.Length} bytes come with it");
        if (_device.Endpoint(endpoint) is not { } e || e.Kind != kind)
        {
            Reply(RedirStatus.Inval, 0, default);
            return;
        }
        byte[] buffer = isIn ? new byte[length] : data.ToArray();
        Submit(id, length, completed => _device.Submit(endpoint, null, buffer, false, completed), request =>
        {
            var status = Status(request);
            Reply(status, request.Done, isIn && status != RedirStatus.Cancelled ? request.Data : default);
        });

        void Reply(RedirStatus status, int done, ReadOnlySpan<byte> back)
        {
            if (isIn) done = back.Length;
            var reply = Output.Packet(type, id, header.Length + back.Length);
            header.CopyTo(reply);
            reply[1] = (byte)status;
            BinaryPrimitives.WriteUInt16LittleEndian(reply[2..], (ushort)done);
            if (header.Length > 8) BinaryPrimitives.WriteUInt16LittleEndian(reply[8..], (ushort)(done >> 16));
            back.CopyTo(reply[header.Length..]);
        }
    }

    /// <summary>Hands a request on. Its answer is sent while the device is connected: afterwards the other side knows by itself.</summary>
    private void Submit(ulong id, int bytes, Func<Action<RemoteRequest>, RemoteRequest> submit, Action<RemoteRequest> answer)
    {
        if (_pending.Count == MostPending) throw new RedirError($"{MostPending} requests wait for the device; more are refused");
        if (_pendingBytes + bytes > MostPendingBytes) throw new RedirError($"requests for {MostPendingBytes} bytes wait for the device; more are refused");
        var pending = new Pending(id, bytes);
        _pending.Add(pending);
        _pendingBytes += bytes;
        pending.Request = submit(request =>
        {
            _pending.Remove(pending);
            _pendingBytes -= bytes;
            if (_connected) answer(request);
        });
    }

    private static RedirStatus Status(RemoteRequest request) => request.Status switch
    {
        UsbTransferStatus.Ok => RedirStatus.Success,
        UsbTransferStatus.Stall => RedirStatus.Stall,
        UsbTransferStatus.Babble => RedirStatus.Babble,
        UsbTransferStatus.TimedOut => RedirStatus.Timeout,
        UsbTransferStatus.Cancelled => RedirStatus.Cancelled,
        _ => RedirStatus.IoError,
    };

    private static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
