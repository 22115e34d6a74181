using System.Buffers.Binary;
using System.Text;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>
/// The side of the protocol that has the device ("usb-host" in its words), for one connection. Requests are answered when the device has: NAK is an answer that does not come yet.
/// A device that comes back as another one is disconnected and connected again, on the same connection.
/// </summary>
internal sealed partial class RedirDevice : IDisposable
{
    private const int HelloVersion = 64, MostPending = 1024, MostPendingBytes = 64 * 1024 * 1024;

    private readonly ExportedDevice _device;
    private readonly Action<string> _note;
    private readonly List<Pending> _pending = [];
    private readonly Dictionary<byte, RemoteRequest> _interrupts = [];
    private RedirCapabilities _capabilities;
    private int _pendingBytes;
    private ulong _interruptId;
    private bool _greeted, _connected;

    /// <param name="note">What the other side says of itself, and its objections.</param>
    public RedirDevice(ExportedDevice device, Action<string> note)
    {
        (_device, _note) = (device, note);
        device.Appeared += Connect;
        device.Gone += Disconnect;
        var hello = Output.Packet(RedirType.Hello, 0, HelloVersion + 4);
        "SharpProbe bench"u8.CopyTo(hello);
        BinaryPrimitives.WriteUInt32LittleEndian(hello[HelloVersion..], (uint)RedirCapabilities.Ours);
    }

    public RedirReader Input { get; } = new();
    public RedirWriter Output { get; } = new();

    /// <summary>The other side has seen the device and not disconnected it.</summary>
    public bool IsConnected => _connected;

    /// <summary>Takes the requests that <see cref="Input"/> has. Throws <see cref="RedirError"/>.</summary>
    public void Run()
    {
        while (Input.TryRead(out var type, out ulong id, out var body)) Take(type, id, body);
    }

    /// <summary>The other side is gone: what it wanted is taken back.</summary>
    public void Dispose()
    {
        _device.Appeared -= Connect;
        _device.Gone -= Disconnect;
        _connected = false;
        foreach (var p in _pending.ToArray()) _device.Cancel(p.Request!);
        foreach (byte endpoint in _interrupts.Keys.ToArray()) StopInterrupt(endpoint);
    }

    private bool Has(RedirCapabilities capability) => (_capabilities & capability) != 0;

    private void Take(RedirType type, ulong id, ReadOnlySpan<byte> body)
    {
        if (!_greeted)
        {
            if (type != RedirType.Hello) throw new RedirError($"the first packet is {type}, not Hello");
            Greet(body);
            return;
        }
        switch (type)
        {
            case RedirType.Reset: Size(type, body, 0); ResetDevice(); break;
            case RedirType.SetConfiguration: Size(type, body, 1); SetConfiguration(id, body[0]); break;
            case RedirType.GetConfiguration: Size(type, body, 0); ConfigurationStatus(id, RedirStatus.Success); break;
            case RedirType.SetAltSetting: Size(type, body, 2); SetAltSetting(id, body[0], body[1]); break;
            case RedirType.GetAltSetting: Size(type, body, 1); AltSettingStatus(id, body[0], RedirStatus.Success); break;
            case RedirType.StartInterruptReceiving: Size(type, body, 1); StartInterrupt(id, body[0]); break;
            case RedirType.StopInterruptReceiving: Size(type, body, 1); StopInterrupt(body[0]); InterruptStatus(id, body[0], RedirStatus.Success); break;
            case RedirType.CancelDataPacket: Cancel(id); break;
            case RedirType.Control: Control(id, body); break;
            case RedirType.Bulk: Bulk(id, body); break;
            case RedirType.Interrupt: Interrupt(id, body); break;
            case RedirType.FilterReject: _note("usbredir: the other side's filter refuses the device"); break;
            case RedirType.FilterFilter or RedirType.DeviceDisconnectAck: break;
            case RedirType.Hello: throw new RedirError("a second Hello");
            default: throw new RedirError(Enum.IsDefined(type) ? $"{type} is not for a device with bulk and interrupt endpoints only" : $"there is no packet type {(uint)type}");
        }
    }

    private void Greet(ReadOnlySpan<byte> body)
    {
        if (body.Length < HelloVersion || body.Length % 4 != 0) throw new RedirError($"a Hello of {body.Length} bytes");
        _capabilities = RedirCapabilities.Ours & (body.Length >= HelloVersion + 4 ? (RedirCapabilities)BinaryPrimitives.ReadUInt32LittleEndian(body[HelloVersion..]) : 0);
        Input.Ids64 = Output.Ids64 = Has(RedirCapabilities.Ids64);
        _greeted = true;
        int end = body[..HelloVersion].IndexOf((byte)0);
        _note($"usbredir: {Encoding.ASCII.GetString(body[..(end < 0 ? HelloVersion : end)])}");
        if (_device.Present) Connect();
    }

    private static void Size(RedirType type, ReadOnlySpan<byte> body, int size)
    {
        if (body.Length != size) throw new RedirError($"{type} with {body.Length} bytes; {size} are due");
    }

    private void Connect()
    {
        if (!_greeted || _connected) return;
        _connected = true;
        Describe();
        var descriptor = _device.DeviceDescriptor;
        var body = Output.Packet(RedirType.DeviceConnect, 0, Has(RedirCapabilities.ConnectDeviceVersion) ? 10 : 8);
        body[0] = (byte)(_device.Speed == UsbSpeed.High ? 2 : 1);
        descriptor[4..7].CopyTo(body[1..]);
        descriptor[8..(body.Length + 4)].CopyTo(body[4..]);
    }

    private void Disconnect()
    {
        if (!_connected) return;
        _connected = false;
        Output.Packet(RedirType.DeviceDisconnect, 0, 0);
    }

    /// <summary>EpInfo and InterfaceInfo, as the device is set now.</summary>
    private void Describe()
    {
        const int Slots = 32, Invalid = 255;
        var endpoints = Output.Packet(RedirType.EpInfo, 0, 3 * Slots + (Has(RedirCapabilities.EpInfoMaxPacketSize) ? 2 * Slots : 0));
        endpoints[..Slots].Fill(Invalid);
        Slot(endpoints, 0x00, 0, 0, 0, 64);
        Slot(endpoints, 0x80, 0, 0, 0, 64);
        foreach (var i in _device.Interfaces)
            foreach (var e in i.Endpoints)
                Slot(endpoints, e.Address, (byte)e.Kind, (byte)(e.Kind == UsbEndpointKind.Interrupt ? Math.Max(e.Interval, 1) : e.Interval), (byte)i.Number, e.MaxPacketField);
        var interfaces = _device.Interfaces.Take(Slots).ToArray();
        var body = Output.Packet(RedirType.InterfaceInfo, 0, 4 + 4 * Slots);
        BinaryPrimitives.WriteInt32LittleEndian(body, interfaces.Length);
        for (int n = 0; n < interfaces.Length; n++)
            (body[4 + n], body[4 + Slots + n], body[4 + 2 * Slots + n], body[4 + 3 * Slots + n]) =
                ((byte)interfaces[n].Number, (byte)interfaces[n].Class, (byte)interfaces[n].SubClass, (byte)interfaces[n].Protocol);

        static void Slot(Span<byte> body, int address, byte kind, byte interval, byte number, int maxPacket)
        {
            int n = (address & 0x80) >> 3 | address & 15;
            (body[n], body[Slots + n], body[2 * Slots + n]) = (kind, interval, number);
            if (body.Length > 3 * Slots) BinaryPrimitives.WriteUInt16LittleEndian(body[(3 * Slots + 2 * n)..], (ushort)maxPacket);
        }
    }

    /// <summary>A request that has an answer to come.</summary>
    private sealed class Pending(ulong id, int bytes)
    {
        public ulong Id => id;
        public int Bytes => bytes;
        public RemoteRequest? Request { get; set; }
    }
}
