namespace SharpProbe.Sim.Usb;

/// <summary>
/// A strict USB host with one root port, in simulated time. It enumerates as Linux does (drivers/usb/core/hub.c, "new scheme"), binds a driver to each CDC-ACM function,
/// and holds every wrong answer against the device: <see cref="Findings"/>. All delays are in femtoseconds and may be set before <see cref="Plug"/>.
/// </summary>
public sealed class UsbHost
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000;

    private readonly List<CdcPort> _ports = [];
    private readonly List<TimeBase.Event> _delays = [];
    private UsbSpeed _port;
    private UsbPipe _control = new(0, 0, UsbEndpointKind.Control, 64);
    private int _onTheWay, _address;
    private bool _resetting;

    /// <param name="time">The bench's time.</param>
    /// <param name="port">The port's best speed.</param>
    public UsbHost(TimeBase time, UsbSpeed port)
    {
        (Time, _port) = (time, port);
        Bus = new(time, Findings);
        Bus.Finished += t => Report(t);
    }

    public TimeBase Time { get; }
    public UsbFindings Findings { get; } = new();

    /// <summary>From a driver's submission until the host controller has it, and from the last packet until the driver knows. 50 us each: an idle desktop's interrupt and wake-up.</summary>
    public ulong SubmitLatency { get; set; } = 50 * Microsecond;
    public ulong CompleteLatency { get; set; } = 50 * Microsecond;
    /// <summary>How long the connection must be stable (Linux: HUB_DEBOUNCE_STABLE).</summary>
    public ulong Debounce { get; set; } = 100 * Millisecond;
    /// <summary>SE0 of a reset: 10 to 50 ms (USB 2.0, 7.1.7.5: a root port at least 50).</summary>
    public ulong ResetTime { get; set; } = 50 * Millisecond;
    /// <summary>USB_CTRL_GET_TIMEOUT, USB_CTRL_SET_TIMEOUT.</summary>
    public ulong ControlTimeout { get; set; } = 5000 * Millisecond;

    /// <summary>Binds a driver to each CDC function (default). Without, the configured device is left to whoever uses its endpoints.</summary>
    public bool BindsDrivers { get; set; } = true;

    /// <summary>Null (default): nothing is recorded.</summary>
    public UsbLog? Log { get => Bus.Log; set => Bus.Log = value; }
    /// <summary>Null (default): a good cable.</summary>
    public UsbFaults? Faults { get => Bus.Faults; set => Bus.Faults = value; }

    public UsbHostState State { get; private set; }
    public bool IsConfigured => State == UsbHostState.Configured;
    /// <summary>Speed agreed at the last reset.</summary>
    public UsbSpeed Speed => Bus.Speed;
    /// <summary>The port's best speed; counts from the next reset.</summary>
    public UsbSpeed PortSpeed { get => _port; set => _port = value; }
    public IUsbDevice? Device { get; private set; }
    public IReadOnlyList<CdcPort> Ports => _ports;

    /// <summary>What the device said of itself; empty or null before enumeration got that far.</summary>
    public UsbIdentity Identity { get; internal set; } = new();

    /// <summary>Raised on every change of <see cref="State"/>.</summary>
    public event Action<UsbHostState>? StateChanged;

    /// <summary>Requests other than interrupt and bulk IN that wait for something: enumeration, control transfers, bytes to send.</summary>
    public bool Busy => State == UsbHostState.Enumerating || _onTheWay > 0 || Bus.Busy || _ports.Any(p => p.BytesQueued > 0);

    internal UsbBus Bus { get; }

    /// <summary>Counts connections: what was begun in an earlier one does not go on.</summary>
    internal int Session { get; private set; }

    /// <summary>Puts the cable in.</summary>
    public void Plug(IUsbDevice device)
    {
        if (Device is not null) throw new InvalidOperationException("the port is taken: unplug first");
        Device = device;
        device.AttachedChanged += AttachedChanged;
        device.Ready += Bus.Ready;
        Log?.Add(Time.Now, "plugged in");
        Enter(UsbHostState.Powered);
        device.Vbus = true;
        if (device.Attached) AttachedChanged();
    }

    /// <summary>Pulls the cable, at any moment.</summary>
    public void Unplug()
    {
        if (Device is not { } device) return;
        Log?.Add(Time.Now, "unplugged");
        device.AttachedChanged -= AttachedChanged;
        device.Ready -= Bus.Ready;
        Disconnect();
        Device = null;
        device.Vbus = false;
        Enter(UsbHostState.Unplugged);
    }

    /// <summary>
    /// The serial port of the CDC function with this interface string (or a part of it, whatever the case). The object stays through unplugging and may be asked for
    /// before anything is plugged in.
    /// </summary>
    public CdcPort Cdc(string name)
    {
        var port = _ports.Find(p => p.Name == name) ?? _ports.Find(p => p.Answers(name));
        if (port is null) _ports.Add(port = new(this, name));
        return port;
    }

    /// <summary>A control transfer to the device. IN: wLength bytes are asked for; OUT: <paramref name="data"/> is sent.</summary>
    public HostTask<UsbTransfer> Control(UsbSetup setup, byte[]? data = null)
    {
        var transfer = new UsbTransfer(_control, setup.IsIn ? new byte[setup.Length] : data ?? [], setup);
        transfer.Timeout = Time.After(ControlTimeout, () => TimeOut(transfer));
        Submit(transfer);
        return transfer.Task;
    }

    /// <summary>Bytes to or from an endpoint of the configured device, for tests of what no driver here uses.</summary>
    /// <param name="zeroPacket">URB_ZERO_PACKET.</param>
    public UsbTransfer Transfer(int endpoint, byte[] buffer, Action<UsbTransfer>? completed = null, bool zeroPacket = false)
    {
        var pipe = Identity.Pipes.FirstOrDefault(p => p.Endpoint == endpoint) ?? throw new InvalidOperationException($"there is no endpoint 0x{endpoint:X2}");
        var transfer = new UsbTransfer(pipe, buffer) { Completed = completed, ZeroPacket = zeroPacket };
        Submit(transfer);
        return transfer;
    }

    /// <summary>Takes a transfer back.</summary>
    public void Cancel(UsbTransfer transfer)
    {
        Bus.Settle(transfer);
        if (transfer.Status != UsbTransferStatus.Pending) return;
        Bus.Remove(transfer, UsbTransferStatus.Cancelled);
        Report(transfer);
    }

    /// <summary>clear_halt: CLEAR_FEATURE(ENDPOINT_HALT), and both toggles begin again with DATA0 (USB 2.0, 9.4.5).</summary>
    public async HostTask<bool> ClearHalt(int endpoint)
    {
        var t = await Control(new(0x02, UsbSetup.ClearFeature, 0, (ushort)endpoint, 0));
        if (!t.IsOk) return false;
        foreach (var pipe in Identity.Pipes.Where(p => p.Endpoint == endpoint)) pipe.Toggle = false;
        return true;
    }

    /// <summary>Resets the port and enumerates again, as USBDEVFS_RESET does.</summary>
    public void Reset()
    {
        if (Device is not { Attached: true }) return;
        Disconnect();
        Enter(UsbHostState.Enumerating);
        _ = new UsbEnumeration(this).Run(debounce: false);
    }

    /// <summary>
    /// Resets the port and gives the device its address, configuration and alternate settings back, as Linux's usb_reset_and_verify_device does. One that now describes
    /// itself differently is enumerated as a new one: <see cref="Identity"/> is then another object.
    /// </summary>
    /// <param name="configuration">0: none.</param>
    /// <param name="alternates">By interface, those other than 0.</param>
    internal void Restore(int configuration, IReadOnlyDictionary<int, int> alternates)
    {
        if (Device is not { Attached: true }) return;
        var before = Identity;
        Disconnect();
        Enter(UsbHostState.Enumerating);
        _ = new UsbEnumeration(this).Restore(before, configuration, alternates);
    }

    /// <summary>Traffic ends; 3 ms later the device has to see suspend (USB 2.0, 7.1.7.6).</summary>
    public void Suspend()
    {
        if (State != UsbHostState.Configured) return;
        Bus.Settle();
        Bus.Stop();
        Log?.Add(Time.Now, "the bus falls silent");
        Enter(UsbHostState.Suspended);
        Delay(3 * Millisecond, () => Device?.Suspend());
    }

    /// <summary>Drives resume for 20 ms; what was pending goes on 10 ms later (7.1.7.7).</summary>
    public void Resume()
    {
        if (State != UsbHostState.Suspended) return;
        CancelDelays();
        Log?.Add(Time.Now, "resume");
        Device?.Resume();
        Delay(30 * Millisecond, () =>
        {
            Bus.Start(Bus.Speed);
            Enter(UsbHostState.Configured);
        });
    }

    internal HostTask<bool> Delay(ulong duration)
    {
        var task = new HostTask<bool>();
        Delay(duration, () => task.Complete(true));
        return task;
    }

    internal void Submit(UsbTransfer transfer)
    {
        bool counted = transfer.Pipe.Kind == UsbEndpointKind.Control;
        if (counted) _onTheWay++;
        transfer.Submitted = Time.Now;
        Time.After(SubmitLatency, () =>
        {
            if (counted) _onTheWay--;
            Bus.Enqueue(transfer);
        });
    }

    /// <summary>SE0 for the time given, then frames at the speed agreed.</summary>
    internal async HostTask<bool> DriveReset(ulong duration)
    {
        Bus.Stop();
        foreach (var t in Bus.RemoveAll()) t.Report();
        Log?.Add(Time.Now, "reset");
        _resetting = true;
        Device!.BeginReset(_port);
        await Delay(duration);
        _resetting = false;
        var speed = Device!.EndReset();
        if (speed > _port) Findings.Add("the device chirps on a full-speed port");
        Log?.Add(Time.Now, $"{speed.ToString().ToLowerInvariant()} speed");
        NewControlPipe();
        Bus.Device = Device;
        Bus.Start(speed);
        return true;
    }

    /// <summary>The default pipe from now on.</summary>
    internal void NewControlPipe() => Bus.Add(_control = new(0, 0, UsbEndpointKind.Control, 64));

    internal UsbPipe ControlPipe => _control;

    /// <summary>The endpoints of an interface can be used from now on, with DATA0 next.</summary>
    internal void Open(UsbInterface setting)
    {
        foreach (var e in setting.Endpoints)
        {
            var pipe = UsbPipe.Of(Identity.Address, e, Bus.Speed);
            Identity.Pipes.Add(pipe);
            Bus.Add(pipe);
        }
    }

    /// <summary>They no longer can be; what was pending on them is reported as gone.</summary>
    internal void Close(Predicate<UsbPipe> which)
    {
        Bus.Settle();
        var closed = Identity.Pipes.FindAll(which);
        Identity.Pipes.RemoveAll(which);
        foreach (var t in Bus.Remove(closed)) t.Report();
    }

    /// <summary>1 to 127, a new one each time, as Linux gives them out.</summary>
    internal int NextAddress() => _address = _address % 127 + 1;

    internal void Enter(UsbHostState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }

    internal void Bind(CdcFunction function)
    {
        var port = _ports.Find(p => !p.IsBound && p.Name == function.Name) ?? _ports.Find(p => !p.IsBound && p.Answers(function.Name) || !p.IsBound && function.Answers(p.Name));
        if (port is null) _ports.Add(port = new(this, function.Name));
        port.Bind(function);
    }

    private void AttachedChanged()
    {
        if (Device!.Attached)
        {
            if (State != UsbHostState.Powered) return;
            Enter(UsbHostState.Enumerating);
            _ = new UsbEnumeration(this).Run(debounce: true);
            return;
        }
        Log?.Add(Time.Now, "the device detaches");
        Disconnect();
        Enter(UsbHostState.Powered);
    }

    private void Disconnect()
    {
        Session++;
        CancelDelays();
        Bus.Stop();
        Bus.Device = null;
        if (_resetting) _resetting = false;
        var gone = Bus.RemoveAll();
        foreach (var port in _ports) port.Unbind();
        foreach (var t in gone) t.Report();
    }

    private void TimeOut(UsbTransfer transfer)
    {
        if (transfer.Status != UsbTransferStatus.Pending) return;
        Findings.Add($"{transfer.Setup}: no end after {ControlTimeout / Millisecond} ms, in its {transfer.Stage.ToString().ToLowerInvariant()} stage");
        Bus.Remove(transfer, UsbTransferStatus.TimedOut);
        Report(transfer);
    }

    private void Report(UsbTransfer transfer)
    {
        bool counted = transfer.Pipe.Kind == UsbEndpointKind.Control;
        if (counted) _onTheWay++;
        Time.After(CompleteLatency, () =>
        {
            if (counted) _onTheWay--;
            transfer.Report();
        });
    }

    private void Delay(ulong duration, Action action)
    {
        TimeBase.Event? delay = null;
        delay = Time.After(duration, () =>
        {
            _delays.Remove(delay!);
            action();
        });
        _delays.Add(delay);
    }

    private void CancelDelays()
    {
        foreach (var delay in _delays) delay.Cancel();
        _delays.Clear();
    }
}
