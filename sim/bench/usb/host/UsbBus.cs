namespace SharpProbe.Sim.Usb;

/// <summary>
/// The line between host controller and device: frames, bus times, and whose turn it is. Interrupt endpoints go first, the others take turns. An endpoint that says
/// NAK is asked again when the device says Ready; should a device forget to, after <see cref="CheckAfter"/>, and that is a finding.
/// </summary>
internal sealed partial class UsbBus(TimeBase time, UsbFindings findings)
{
    private const ulong Millisecond = TimeBase.Second / 1000, CheckAfter = 10 * Millisecond;

    private readonly List<UsbPipe> _pipes = [];
    private UsbTransaction? _onTheLine;
    private TimeBase.Event? _end, _alarm;
    private Action? _dataPassed;
    private ulong _alarmAt = ulong.MaxValue, _origin, _freeAt;
    private int _last;
    private BusTimes _times = new(UsbSpeed.Full);

    public IUsbDevice? Device { get; set; }
    public UsbSpeed Speed { get; private set; }
    public UsbLog? Log { get; set; }
    public UsbFaults? Faults { get; set; }

    /// <summary>SOFs are sent.</summary>
    public bool Running { get; private set; }

    public ulong Frame => _times.Frame;

    /// <summary>The last packet's end.</summary>
    public ulong LastTraffic { get; private set; }

    /// <summary>Something passes on the line now, or would if it were free.</summary>
    public bool Busy => _onTheLine is not null || _pipes.Any(p => p.Current is not null && p.WaitsFor is null && p.Kind != UsbEndpointKind.Interrupt);

    /// <summary>Frames begin now: after a reset or a resume.</summary>
    public void Start(UsbSpeed speed)
    {
        (Speed, _times, Running, _origin) = (speed, new(speed), true, time.Now);
        _freeAt = _origin;
        Wake();
    }

    /// <summary>Nothing passes any more: reset, suspend, unplugged. Transfers stay where they are.</summary>
    public void Stop()
    {
        Running = false;
        _end?.Cancel();
        _alarm?.Cancel();
        (_onTheLine, _end, _dataPassed, _alarm, _alarmAt) = (null, null, null, null, ulong.MaxValue);
    }

    /// <summary>
    /// A data packet that the device has sent already counts at once, not at its last bit: a host controller takes nothing off the line in the middle of a packet, and a
    /// packet that only the device knows of would leave the two toggles apart.
    /// </summary>
    /// <param name="transfer">Only if it is this one's.</param>
    public void Settle(UsbTransfer? transfer = null)
    {
        if (_dataPassed is not { } passed || transfer is not null && _onTheLine?.Transfer != transfer) return;
        _end?.Cancel();
        passed();
    }

    public void Add(UsbPipe pipe) => _pipes.Add(pipe);

    public void Enqueue(UsbTransfer transfer)
    {
        if (transfer.Status != UsbTransferStatus.Pending) return;
        if (!_pipes.Contains(transfer.Pipe))
        {
            transfer.Status = UsbTransferStatus.Gone;
            transfer.Report();
            return;
        }
        transfer.Pipe.Queue.Add(transfer);
        if (transfer.Pipe.Queue.Count == 1 && transfer.Pipe.Kind == UsbEndpointKind.Interrupt) transfer.Pipe.NotBefore = NextPoll(transfer.Pipe);
        Wake();
    }

    /// <summary>Takes a transfer out wherever it is. Its report is the caller's business.</summary>
    public void Remove(UsbTransfer transfer, UsbTransferStatus why)
    {
        if (transfer.Status != UsbTransferStatus.Pending) return;
        TakeOut(transfer, why);
        Wake();
    }

    private void TakeOut(UsbTransfer transfer, UsbTransferStatus why)
    {
        bool current = transfer.Pipe.Current == transfer;
        transfer.Pipe.Queue.Remove(transfer);
        (transfer.Status, transfer.Finished) = (why, time.Now);
        transfer.Timeout?.Cancel();
        if (current) (transfer.Pipe.WaitsFor, transfer.Pipe.Errors) = (null, 0);
    }

    /// <summary>Forgets some endpoints; their transfers are returned with status Gone, not yet reported.</summary>
    public List<UsbTransfer> Remove(List<UsbPipe> pipes)
    {
        var all = pipes.SelectMany(p => p.Queue).ToList();
        _pipes.RemoveAll(pipes.Contains);
        foreach (var t in all) Remove(t, UsbTransferStatus.Gone);
        return all;
    }

    /// <summary>Forgets all endpoints; the transfers under way are returned with status Gone, not yet reported.</summary>
    public List<UsbTransfer> RemoveAll()
    {
        var all = _pipes.SelectMany(p => p.Queue).ToList();
        _pipes.Clear();
        foreach (var t in all) Remove(t, UsbTransferStatus.Gone);
        return all;
    }

    /// <summary>The device has something to say about an endpoint.</summary>
    public void Ready(int endpoint)
    {
        if (_asking) _readyMeanwhile.Add(endpoint);
        foreach (var pipe in _pipes)
        {
            if (pipe.WaitsFor != endpoint) continue;
            pipe.WaitsFor = null;
            if (pipe.Kind == UsbEndpointKind.Interrupt) pipe.NotBefore = NextPoll(pipe);
        }
        if (!_asking) Wake();
    }

    private ulong NextPoll(UsbPipe pipe) => _origin + ((time.Now - _origin) / pipe.Interval + 1) * pipe.Interval;

    private void Wake()
    {
        if (_onTheLine is not null || !Running || Device is null) return;
        ulong at = Math.Max(time.Now, _freeAt), later = ulong.MaxValue;
        if (Choose(at, ref later) is not { } pipe)
        {
            SetAlarm(later);
            return;
        }
        var next = Plan(pipe);
        // A host controller leaves room for a whole packet before the frame's end.
        ulong room = next.Token == UsbToken.In ? _times.WithData(pipe.MaxPacket) : next.Duration;
        _onTheLine = next;
        _end = time.At(Fit(at, room) + next.Duration, Execute);
    }

    private UsbPipe? Choose(ulong at, ref ulong later)
    {
        UsbPipe? chosen = null;
        for (int i = 1; i <= _pipes.Count; i++)
        {
            var pipe = _pipes[(_last + i) % _pipes.Count];
            if (pipe.Current is null) continue;
            ulong due = pipe.WaitsFor is null ? pipe.NotBefore : pipe.CheckAt;
            if (due > at) later = Math.Min(later, due);
            else if (chosen is null || pipe.Kind == UsbEndpointKind.Interrupt && chosen.Kind != UsbEndpointKind.Interrupt) chosen = pipe;
        }
        if (chosen is not null) _last = _pipes.IndexOf(chosen);
        return chosen;
    }

    private void SetAlarm(ulong at)
    {
        if (at == _alarmAt) return;
        _alarm?.Cancel();
        (_alarm, _alarmAt) = (null, at);
        if (at != ulong.MaxValue) _alarm = time.At(at, () =>
        {
            (_alarm, _alarmAt) = (null, ulong.MaxValue);
            Wake();
        });
    }

    private ulong Fit(ulong at, ulong duration)
    {
        ulong offset = (at - _origin) % _times.Frame, frame = at - offset;
        if (offset < _times.Sof) return frame + _times.Sof;
        return offset + duration <= _times.Frame ? at : frame + _times.Frame + _times.Sof;
    }
}
