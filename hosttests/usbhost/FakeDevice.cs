using System.Buffers.Binary;
using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>A CDC-ACM device in software, correct unless told otherwise. What comes in goes back out when <see cref="Echo"/> is set; it answers <see cref="Think"/> later.</summary>
internal sealed class FakeDevice(TimeBase time) : IUsbDevice
{
    public const string PortName = "Test GDB Server";

    private readonly Dictionary<int, bool> _toggles = [];
    private readonly HashSet<int> _halted = [];
    private readonly Queue<byte[]> _in = new();
    private byte[] _setup = [], _answer = [], _line = new byte[7];
    private int _answered, _pendingAddress, _outDone;
    private bool _attached, _vbus, _stallControl, _inReady = true, _controlData1;

    public string Name => "fake";
    public UsbSpeed Speed = UsbSpeed.High;
    public int Address, Configuration, Resets, Suspends, Resumes;
    public ulong Think = TimeBase.Second / 1_000_000;
    public bool Echo, Deaf, HoldOut, ForgetReady;
    public List<byte> Received = [];
    public List<UsbSetup> Requests = [];
    public int LineState;
    public Func<byte[], byte[]>? Alter;
    /// <summary>Answers to GET_DESCRIPTOR by type and index before the normal ones.</summary>
    public Dictionary<(int Type, int Index), byte[]> Instead = [];
    public int WrongToggles;
    public int Max => Speed == UsbSpeed.High ? 512 : 64;

    public bool Attached
    {
        get => _attached;
        set
        {
            _attached = value;
            AttachedChanged?.Invoke();
        }
    }

    public event Action? AttachedChanged;
    public event Action<int>? Ready;

    public bool Vbus
    {
        set
        {
            _vbus = value;
            if (value && !Attached) Attached = true;
            if (!value) _attached = false;
        }
    }

    public void BeginReset(UsbSpeed port)
    {
        Resets++;
        (Address, Configuration, _answered) = (0, 0, 0);
        _in.Clear();
        _toggles.Clear();
        Speed = port;
    }

    public UsbSpeed EndReset() => Speed;
    public void Suspend() => Suspends++;
    public void Resume() => Resumes++;

    public void Send(byte[] bytes, bool zero = true)
    {
        int sent = 0;
        for (; sent < bytes.Length; sent += Max) _in.Enqueue(bytes[sent..Math.Min(sent + Max, bytes.Length)]);
        if (zero && bytes.Length % Max == 0) _in.Enqueue([]);
        Say(0x82);
    }

    public void SendPacket(byte[] packet)
    {
        _in.Enqueue(packet);
        Say(0x82);
    }

    public void Say(int endpoint)
    {
        if (!ForgetReady) Ready?.Invoke(endpoint);
    }

    public UsbHandshake Setup(int address, int endpoint, ReadOnlySpan<byte> packet)
    {
        if (Deaf || address != Address) return UsbHandshake.None;
        _setup = packet.ToArray();
        (_answered, _outDone, _stallControl, _controlData1) = (0, 0, false, true);
        var setup = new UsbSetup(packet[0], packet[1], BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]), BinaryPrimitives.ReadUInt16LittleEndian(packet[4..]), BinaryPrimitives.ReadUInt16LittleEndian(packet[6..]));
        Requests.Add(setup);
        _answer = [];
        if (setup.IsIn)
        {
            byte[]? a = Answer(setup);
            _stallControl = a is null;
            _answer = a is null ? [] : Alter is null ? a[..Math.Min(a.Length, setup.Length)] : Alter(a[..Math.Min(a.Length, setup.Length)]);
        }
        else if (setup is { RequestType: 0, Request: UsbSetup.SetAddress }) _pendingAddress = setup.Value;
        else if (setup is { RequestType: 0, Request: UsbSetup.SetConfiguration, Value: < 2 })
        {
            Configuration = setup.Value;
            _toggles.Clear();
            _halted.Clear();
        }
        else if (setup is { RequestType: 1, Request: UsbSetup.SetInterface, Value: 0, Index: 1 } && Configuration != 0) _toggles.Clear();
        else if (setup is { RequestType: 2, Request: UsbSetup.SetFeature, Value: 0 } && Exists(setup.Index))
        {
            if ((setup.Index & 15) != 0) _halted.Add(setup.Index);
        }
        else if (setup is { RequestType: 0x21, Request: 0x22, Index: 0 } && Configuration != 0) LineState = setup.Value;
        else if (setup is { RequestType: 2, Request: UsbSetup.ClearFeature, Value: 0 } && Exists(setup.Index))
        {
            _toggles[setup.Index] = false;
            _halted.Remove(setup.Index);
        }
        else if (setup is not { RequestType: 0x21, Request: 0x20, Index: 0, Length: 7 } || Configuration == 0) _stallControl = true;
        _inReady = false;
        time.After(Think, () =>
        {
            _inReady = true;
            Say(0x80);
            Say(0);
        });
        return UsbHandshake.Ack;
    }

    public UsbHandshake Out(int address, int endpoint, bool data1, ReadOnlySpan<byte> packet)
    {
        if (Deaf || address != Address) return UsbHandshake.None;
        if (endpoint == 0)
        {
            if (!_inReady) return UsbHandshake.Nak;
            if (_stallControl) return UsbHandshake.Stall;
            if (packet.Length > 0 && data1 == _controlData1)
            {
                packet.CopyTo(_line.AsSpan(_outDone));
                _controlData1 = !_controlData1;
            }
            return UsbHandshake.Ack;
        }
        if (endpoint != 1 || Configuration == 0) return UsbHandshake.None;
        if (_halted.Contains(1)) return UsbHandshake.Stall;
        if (HoldOut) return UsbHandshake.Nak;
        if (_toggles.GetValueOrDefault(1) != data1)
        {
            WrongToggles++;
            return UsbHandshake.Ack;
        }
        _toggles[1] = !data1;
        Received.AddRange(packet);
        if (Echo)
        {
            byte[] copy = packet.ToArray();
            time.After(Think, () => Send(copy));
        }
        return Speed == UsbSpeed.High ? UsbHandshake.Nyet : UsbHandshake.Ack;
    }

    public UsbHandshake In(int address, int endpoint, Span<byte> buffer, out int length, out bool data1, bool lost = false)
    {
        (length, data1) = (0, true);
        if (Deaf || address != Address) return UsbHandshake.None;
        if (endpoint == 0)
        {
            if (!_inReady) return UsbHandshake.Nak;
            if (_stallControl) return UsbHandshake.Stall;
            length = Math.Min(64, _answer.Length - _answered);
            _answer.AsSpan(_answered, length).CopyTo(buffer);
            data1 = _controlData1 || (_setup[0] & 0x80) == 0;
            if (lost) return UsbHandshake.Data;
            _answered += length;
            _controlData1 = !_controlData1;
            if (_pendingAddress != 0) (Address, _pendingAddress) = (_pendingAddress, 0);
            return UsbHandshake.Data;
        }
        if (Configuration == 0 || endpoint is not (2 or 3)) return UsbHandshake.None;
        if (_halted.Contains(endpoint | 0x80)) return UsbHandshake.Stall;
        if (endpoint == 3 || !_in.TryPeek(out byte[]? packet)) return UsbHandshake.Nak;
        data1 = _toggles.GetValueOrDefault(0x82);
        length = packet.Length;
        packet.CopyTo(buffer);
        if (lost) return UsbHandshake.Data;
        _toggles[0x82] = !data1;
        _in.Dequeue();
        return UsbHandshake.Data;
    }

    public UsbHandshake Ping(int address, int endpoint)
    {
        if (Deaf || address != Address || endpoint != 0 && Configuration == 0) return UsbHandshake.None;
        if (_halted.Contains(endpoint)) return UsbHandshake.Stall;
        return (endpoint == 0 ? !_inReady : HoldOut) ? UsbHandshake.Nak : UsbHandshake.Ack;
    }

    private bool Exists(int endpoint) => endpoint is 0 or 0x80 || Configuration != 0 && endpoint is 1 or 0x82 or 0x83;

    private byte[]? Answer(UsbSetup s)
    {
        if (s is { RequestType: 0xA1, Request: 0x21, Index: 0 } && Configuration != 0) return _line;
        if (s is { RequestType: 0x80, Request: UsbSetup.GetStatus }) return [0, 0];
        if (s is { RequestType: 0x80, Request: UsbSetup.GetConfiguration }) return [(byte)Configuration];
        if (s is { RequestType: 0x81, Request: UsbSetup.GetStatus, Index: < 2 } && Configuration != 0) return [0, 0];
        if (s is { RequestType: 0x81, Request: UsbSetup.GetInterface, Index: < 2 } && Configuration != 0) return [0];
        if (s is { RequestType: 0x82, Request: UsbSetup.GetStatus } && Exists(s.Index)) return [(byte)(_halted.Contains(s.Index) ? 1 : 0), 0];
        if (s is not { RequestType: 0x80, Request: UsbSetup.GetDescriptor }) return null;
        int type = s.Value >> 8, index = s.Value & 0xFF;
        if (Instead.TryGetValue((type, index), out byte[]? instead)) return instead.Length == 0 ? null : instead;
        return type switch
        {
            1 => DeviceDescriptor,
            2 when index == 0 => ConfigurationDescriptor(Speed, 2),
            3 => Text(index),
            6 when Speed == UsbSpeed.High => [10, 6, 0x01, 0x02, 0xEF, 2, 1, 64, 1, 0],
            7 when Speed == UsbSpeed.High && index == 0 => ConfigurationDescriptor(UsbSpeed.Full, 7),
            15 => [5, 15, 12, 0, 1, 7, 16, 2, 0, 0, 0, 0],
            _ => null,
        };
    }

    public static byte[] DeviceDescriptor => [18, 1, 0x01, 0x02, 0xEF, 2, 1, 64, 0x50, 0x1D, 0x18, 0x60, 0, 2, 1, 2, 3, 1];

    public static byte[] ConfigurationDescriptor(UsbSpeed speed, byte type)
    {
        byte high = speed == UsbSpeed.High ? (byte)1 : (byte)0;
        byte low = high == 1 ? (byte)0 : (byte)64, top = high == 1 ? (byte)2 : (byte)0, interval = high == 1 ? (byte)9 : (byte)32;
        byte[] c =
        [
            9, type, 0, 0, 2, 1, 0, 0x80, 250,
            8, 11, 0, 2, 2, 2, 1, 0,
            9, 4, 0, 0, 1, 2, 2, 1, 4,
            5, 0x24, 0, 0x10, 1,
            5, 0x24, 1, 0, 1,
            4, 0x24, 2, 2,
            5, 0x24, 6, 0, 1,
            7, 5, 0x83, 3, 16, 0, interval,
            9, 4, 1, 0, 2, 0x0A, 0, 0, 0,
            7, 5, 0x01, 2, low, top, 0,
            7, 5, 0x82, 2, low, top, 0,
        ];
        c[2] = (byte)c.Length;
        return c;
    }

    public static byte[]? Text(int index) => index switch
    {
        0 => [4, 3, 9, 4],
        1 => Text("Maker"),
        2 => Text("Product"),
        3 => Text("0123"),
        4 => Text(PortName),
        _ => null,
    };

    private static byte[] Text(string text) => [(byte)(2 + 2 * text.Length), 3, .. Encoding.Unicode.GetBytes(text)];
}
