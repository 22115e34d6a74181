using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

/// <summary>A device controller without hardware, and the host at its other end. What the stack must not do throws.</summary>
internal sealed class FakeController(bool high = true) : UsbController
{
    private readonly HashSet<byte> _open = [0x00, 0x80];
    private readonly Dictionary<byte, int> _accepting = [], _packets = [];
    private readonly Dictionary<byte, byte[]> _queued = [];
    private readonly HashSet<byte> _halted = [];
    private int _entered;

    public override bool HighSpeed => high;
    public override bool HighSpeedCapable => high;
    public byte Address { get; private set; }

    /// <summary>Endpoints that began anew with DATA0.</summary>
    public List<byte> Fresh { get; } = [];

    public bool IsOpen(byte endpoint) => _open.Contains(endpoint);
    public bool IsHalted(byte endpoint) => _halted.Contains(endpoint);
    public bool Accepts(byte endpoint) => _accepting.ContainsKey(endpoint) && !_halted.Contains(endpoint);
    public bool HasQueued(byte endpoint) => _queued.ContainsKey(endpoint);

    public override void Attach() { }
    public override void Detach() { }
    public override void SetAddress(byte address) => Address = address;

    public override void Open(byte endpoint, bool interrupt, int packet)
    {
        if (!_open.Add(endpoint)) throw new InvalidOperationException($"endpoint 0x{endpoint:X2} opened twice");
        Fresh.Add(endpoint);
        _packets[endpoint] = packet;
    }

    public override void Close(byte endpoint)
    {
        if (!_open.Remove(endpoint)) throw new InvalidOperationException($"endpoint 0x{endpoint:X2} closed, but not open");
        _accepting.Remove(endpoint);
        _queued.Remove(endpoint);
        _halted.Remove(endpoint);
    }

    public override void Halt(byte endpoint, bool halted)
    {
        if (halted)
        {
            _halted.Add(endpoint);
            return;
        }
        _halted.Remove(endpoint);
        Fresh.Add(endpoint);
        // As the contract has it: what is under way is ended, and reported.
        if (_queued.Remove(endpoint)) Device!.OnSent(endpoint);
        if (_accepting.Remove(endpoint)) Device!.OnReady(endpoint);
    }

    public override void Send(byte endpoint, ReadOnlySpan<byte> packet)
    {
        if (!_open.Contains(endpoint)) throw new InvalidOperationException($"sent on endpoint 0x{endpoint:X2}, which is closed");
        if (!_queued.TryAdd(endpoint, packet.ToArray())) throw new InvalidOperationException($"endpoint 0x{endpoint:X2} is busy");
    }

    public override void Abort(byte endpoint) => _queued.Remove(endpoint);

    public override void Accept(byte endpoint, int packets = 1)
    {
        if (!_open.Contains(endpoint)) throw new InvalidOperationException($"endpoint 0x{endpoint:X2} is closed");
        _accepting[endpoint] = packets;
    }

    public override uint Enter()
    {
        if (_entered++ != 0) throw new InvalidOperationException("entered twice");
        return 0;
    }

    public override void Leave(uint state) => _entered--;

    /// <summary>Bus reset, as the hardware does it: every endpoint but 0 is gone.</summary>
    public void BusReset()
    {
        _open.IntersectWith([0x00, 0x80]);
        _accepting.Clear();
        _queued.Clear();
        _halted.Clear();
        Address = 0;
        Device!.OnReset();
    }

    public void Setup(byte type, byte request, int value, int index, int length)
    {
        _halted.ExceptWith([0x00, 0x80]);
        _accepting.Remove(0);
        Device!.OnSetup([type, request, (byte)value, (byte)(value >> 8), (byte)index, (byte)(index >> 8), (byte)length, (byte)(length >> 8)]);
    }

    /// <summary>An IN token. Null: NAK or STALL.</summary>
    public byte[]? Take(byte endpoint)
    {
        if (_halted.Contains(endpoint) || !_queued.Remove(endpoint, out byte[]? packet)) return null;
        Device!.OnSent(endpoint);
        return packet;
    }

    /// <summary>An OUT packet. False: NAK or STALL.</summary>
    public bool Give(byte endpoint, ReadOnlySpan<byte> packet)
    {
        if (!Accepts(endpoint)) return false;
        bool last = --_accepting[endpoint] == 0 || endpoint == 0 || packet.Length < _packets[endpoint];
        if (last) _accepting.Remove(endpoint);
        Span<byte> place = endpoint == 0 ? default : Device!.Place(endpoint, packet.Length);
        if (place.Length == packet.Length && packet.Length != 0)
        {
            packet.CopyTo(place);
            Device!.OnPlaced(endpoint, packet.Length);
        }
        else Device!.OnReceived(endpoint, packet);
        if (last && endpoint != 0) Device.OnReady(endpoint);
        return true;
    }
}
