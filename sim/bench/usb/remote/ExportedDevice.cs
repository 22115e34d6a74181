namespace SharpProbe.Sim.Usb.Remote;

/// <summary>
/// A simulated device for a host elsewhere (USB/IP, usbredir). The bench's own host enumerates it and binds no driver; from then on it carries out what the other
/// host asks for, as transactions on the virtual cable, and keeps addresses and data toggles. NAK is a request that stays pending. Not thread-safe: everything happens
/// on the bench's thread. No callback comes from inside <see cref="Submit(byte, UsbSetup?, byte[], bool, Action{RemoteRequest})"/>.
/// </summary>
public sealed class ExportedDevice
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000;
    // After the last request or answer the device may still be at work on it, and its host about to ask for more.
    private const ulong Linger = 5 * Millisecond;
    // A request that the device does not serve for so long is no reason to hurry any more.
    private const ulong Patience = 1000 * Millisecond;

    private readonly UsbHost _host;
    private readonly List<RemoteRequest> _pending = [], _held = [];
    private readonly Dictionary<int, int> _alternates = [], _questions = [];
    private UsbIdentity _identity = new();
    private ulong _activeUntil;
    private bool _resetting;

    /// <param name="host">
    /// Before <see cref="UsbHost.Plug"/>. Its latencies are set to 5 us, since the way to the other host brings its own, and its resets to 10 ms, as those of a hub (USB 2.0, 7.1.7.5).
    /// </param>
    public ExportedDevice(UsbHost host)
    {
        _host = host;
        host.BindsDrivers = false;
        (host.SubmitLatency, host.CompleteLatency, host.ResetTime) = (5 * Microsecond, 5 * Microsecond, 10 * Millisecond);
        host.StateChanged += StateChanged;
        host.Bus.Finished += Passed;
    }

    /// <summary>It is plugged in and enumerated; also while it is suspended or being reset.</summary>
    public bool Present { get; private set; }

    /// <summary>Someone can have it now. A device that comes back as another one, e.g. in DFU mode, is gone first.</summary>
    public event Action? Appeared;

    /// <summary>It was unplugged, has detached, or does not answer any more. What was pending has ended before with status Gone.</summary>
    public event Action? Gone;

    public UsbSpeed Speed => _host.Speed;
    public ReadOnlySpan<byte> DeviceDescriptor => _identity.Descriptor is { } d ? d.Bytes : default;
    /// <summary>With everything in it (wTotalLength bytes).</summary>
    public ReadOnlySpan<byte> ConfigurationDescriptor => _identity.Configuration is { } c ? c.Bytes : default;

    /// <summary>The same, taken apart, and the strings.</summary>
    public UsbIdentity Identity => _identity;

    /// <summary>The value last set; 0: none.</summary>
    public int Configuration { get; private set; }

    /// <summary>The current alternate setting of each interface; none without a configuration.</summary>
    public IEnumerable<UsbInterface> Interfaces => _identity.Configuration is { } c && Configuration == c.Value
        ? c.Interfaces.Where(i => i.Alternate == _alternates.GetValueOrDefault(i.Number)) : [];

    /// <summary>An endpoint that can be used now, or null.</summary>
    public UsbEndpoint? Endpoint(byte address) => Interfaces.SelectMany(i => i.Endpoints).FirstOrDefault(e => e.Address == address);

    /// <summary>Requests under way, or answers likely to come soon: simulated time should not wait for real time.</summary>
    public bool Busy => _host.State == UsbHostState.Enumerating || _host.Time.Now < _activeUntil
        || _pending.Exists(r => (r.Endpoint & 0x80) == 0 && _host.Time.Now - r.Submitted < Patience);

    /// <summary>
    /// It is the device's turn, where an interface answers each OUT transfer with one IN transfer: it has not taken a request yet, or somebody waits for its answer.
    /// </summary>
    public bool Owes => _host.State == UsbHostState.Enumerating || _resetting
        || _pending.Exists(r => !r.IsIn || r.Endpoint == 0 || _questions.GetValueOrDefault(InterfaceOf(r.Endpoint)) > 0);

    /// <summary>IN: room for <paramref name="length"/> bytes.</summary>
    public RemoteRequest Submit(byte endpoint, UsbSetup? setup, int length, Action<RemoteRequest> completed) => Submit(endpoint, setup, new byte[length], false, completed);

    /// <summary>Asks for a transfer. A request to what is not there ends with Gone or NoEndpoint.</summary>
    /// <param name="endpoint">With bit 7 for IN. 0 with <paramref name="setup"/>: control, whose wLength is the buffer's length.</param>
    /// <param name="buffer">Bytes to send, or room for what comes.</param>
    /// <param name="zeroPacket">OUT: a last whole packet is followed by an empty one.</param>
    /// <param name="completed">Called once, at the end, whatever it is.</param>
    public RemoteRequest Submit(byte endpoint, UsbSetup? setup, byte[] buffer, bool zeroPacket, Action<RemoteRequest> completed)
    {
        if (setup is not null != (endpoint == 0)) throw new ArgumentException("endpoint 0 and a SETUP packet go together");
        if (setup is { } s && s.Length != buffer.Length) throw new ArgumentException("a control transfer has wLength bytes");
        var request = new RemoteRequest(endpoint, setup, buffer, zeroPacket, completed) { Submitted = _host.Time.Now };
        _activeUntil = _host.Time.Now + Linger;
        _pending.Add(request);
        if (_resetting) _held.Add(request);
        else Start(request);
        return request;
    }

    /// <summary>
    /// Takes a request back. <c>completed</c> has been called when this returns: with Cancelled and true, or, when the transfer had ended already, with its own result and false.
    /// </summary>
    public bool Cancel(RemoteRequest request)
    {
        if (request.Status != UsbTransferStatus.Pending) return false;
        if (request.Transfer is { } transfer) _host.Bus.Settle(transfer);
        return !Finish(request, UsbTransferStatus.Cancelled);
    }

    /// <summary>SET_CONFIGURATION. It may as well be asked for as a control request.</summary>
    public RemoteRequest SetConfiguration(int value, Action<RemoteRequest> completed) => Submit(0, new(0, UsbSetup.SetConfiguration, (ushort)value, 0, 0), [], false, completed);

    /// <summary>SET_INTERFACE. It may as well be asked for as a control request.</summary>
    public RemoteRequest SetInterface(int number, int alternate, Action<RemoteRequest> completed) => Submit(0, new(1, UsbSetup.SetInterface, (ushort)alternate, (ushort)number, 0), [], false, completed);

    /// <summary>
    /// A bus reset; the device then gets its address, configuration and alternate settings back. What was pending ends with Gone; what is asked for meanwhile waits. A device that
    /// describes itself differently afterwards has gone, and another appears.
    /// </summary>
    public void Reset()
    {
        if (!Present) return;
        EndAll();
        if (_resetting) return;
        _resetting = true;
        _host.Restore(Configuration, _alternates);
    }

    /// <summary>The bus falls silent; pending requests wait.</summary>
    public void Suspend() => _host.Suspend();

    public void Resume() => _host.Resume();

    private void Start(RemoteRequest request)
    {
        var pipe = request.Endpoint == 0 ? _host.ControlPipe : _host.Identity.Pipes.Find(p => p.Endpoint == request.Endpoint);
        if (!Present || pipe is null)
        {
            var status = Present ? UsbTransferStatus.NoEndpoint : UsbTransferStatus.Gone;
            _host.Time.After(0, () => Finish(request, status));
            return;
        }
        request.Transfer = new(pipe, request.Buffer, request.Setup) { ZeroPacket = request.ZeroPacket, Completed = t => Finish(request, t.Status) };
        // The address is the bench's own affair: another host's SET_ADDRESS is for its own model of the bus.
        if (request.Setup is { RequestType: 0, Request: UsbSetup.SetAddress }) _host.Time.After(0, () => Finish(request, UsbTransferStatus.Ok));
        else _host.Submit(request.Transfer);
    }

    /// <summary>Ends a request as its transfer did, or, if that is still under way, as said. True: it had ended by itself.</summary>
    private bool Finish(RemoteRequest request, UsbTransferStatus status)
    {
        bool ended = request.Transfer is { Status: not UsbTransferStatus.Pending };
        if (request.Transfer is { } transfer)
        {
            _host.Bus.Remove(transfer, status);
            status = transfer.Status;
        }
        if (!_pending.Remove(request)) return ended;
        _held.Remove(request);
        if (status != UsbTransferStatus.Cancelled) _activeUntil = _host.Time.Now + Linger;
        if (status == UsbTransferStatus.Ok) CountQuestions(request);
        request.End(status);
        return ended;
    }

    private int InterfaceOf(byte endpoint) => Interfaces.FirstOrDefault(i => i.Endpoints.Any(e => e.Address == endpoint))?.Number ?? -1;

    private void CountQuestions(RemoteRequest request)
    {
        if (request.Endpoint == 0) return;
        int number = InterfaceOf(request.Endpoint);
        _questions[number] = Math.Max(0, _questions.GetValueOrDefault(number) + (request.IsIn ? -1 : 1));
    }

    private void EndAll()
    {
        foreach (var request in _pending.ToArray()) Finish(request, UsbTransferStatus.Gone);
    }

    /// <summary>Requests that change what endpoints there are and what packet they expect next; at the end of the status stage, before anything else can pass.</summary>
    private void Passed(UsbTransfer transfer)
    {
        if (!Present || _resetting || !transfer.IsOk) return;
        switch (transfer.Setup)
        {
            case { RequestType: 0x00, Request: UsbSetup.SetConfiguration } s:
                _host.Close(_ => true);
                Configured(s.Value & 0xFF);
                foreach (var i in Interfaces) _host.Open(i);
                break;
            case { RequestType: 0x01, Request: UsbSetup.SetInterface } s:
                var setting = _identity.Configuration!.Interfaces.Find(i => i.Number == s.Index && i.Alternate == s.Value);
                if (setting is null || Configuration == 0) break;
                byte[] closed = [.. Interfaces.Where(i => i.Number == s.Index).SelectMany(i => i.Endpoints).Select(e => (byte)e.Address)];
                _host.Close(p => closed.Contains((byte)p.Endpoint));
                _alternates[s.Index] = s.Value;
                _host.Open(setting);
                break;
            case { RequestType: 0x02, Request: UsbSetup.ClearFeature, Value: 0 } s:
                foreach (var pipe in _identity.Pipes.Where(p => p.Endpoint == s.Index)) (pipe.Toggle, pipe.PingFirst) = (false, false);
                break;
        }
    }

    private void Configured(int value)
    {
        Configuration = value;
        _alternates.Clear();
        _questions.Clear();
    }

    private void StateChanged(UsbHostState state)
    {
        switch (state)
        {
            case UsbHostState.Unplugged or UsbHostState.Powered or UsbHostState.Failed:
                Disappear();
                break;
            case UsbHostState.Configured when Present && _identity == _host.Identity:
                _resetting = false;
                var held = _held.ToArray();
                _held.Clear();
                foreach (var request in held) Start(request);
                break;
            case UsbHostState.Configured:
                Disappear();
                _identity = _host.Identity;
                Configured(_identity.Configuration!.Value);
                Present = true;
                Appeared?.Invoke();
                break;
        }
    }

    private void Disappear()
    {
        if (!Present) return;
        (Present, _resetting) = (false, false);
        EndAll();
        Gone?.Invoke();
    }
}
