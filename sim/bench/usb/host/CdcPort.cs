namespace SharpProbe.Sim.Usb;

/// <summary>
/// A CDC-ACM function as a program sees it through Linux's cdc_acm: a tty that is opened, written, read and closed. While it is open 16 reads of two packets are
/// pending, a write goes out in pieces of 2048 bytes (the tty layer's), at most 16 at once, without empty packets (cdc_acm has a quirk for that, off by default).
/// </summary>
public sealed class CdcPort
{
    private const int Reads = 16, Writes = 16, WritePiece = 2048, Throttle = 64 * 1024;

    private readonly UsbHost _host;
    private readonly string _asked;
    private readonly Queue<byte> _received = new();
    private readonly Queue<byte[]> _toSend = new();
    private readonly List<UsbTransfer> _reads = [], _writes = [];
    private CdcFunction? _function;
    private UsbTransfer? _notify;
    private readonly List<byte> _notification = [];
    private string? _lastName;
    private int _heldReads;
    private bool _stalled, _closing;
    private int _opens, _opening;

    internal CdcPort(UsbHost host, string asked) => (_host, _asked) = (host, asked);

    /// <summary>The interface's string; before the first connection what was asked for.</summary>
    public string Name => _function?.Name ?? _lastName ?? _asked;

    /// <summary>The device is there and configured.</summary>
    public bool IsBound => _function is not null;

    /// <summary>A program has the port open. Survives a connection's end only as false: the program sees a hang-up.</summary>
    public bool IsOpen { get; private set; }

    public CdcLine Line { get; private set; } = CdcLine.AtProbe;

    /// <summary>Sends a zero-length packet after a write that ends with a whole packet (cdc_acm's SEND_ZERO_PACKET quirk).</summary>
    public bool SendZeroPacket { get; set; }

    /// <summary>True: the program has stopped reading. Reads that end are not renewed.</summary>
    public bool Stalled
    {
        get => _stalled;
        set
        {
            _stalled = value;
            Renew();
        }
    }

    /// <summary>Bytes written, and of these the ones the device has acknowledged; bytes that came, and of these the ones read. Since the port was made.</summary>
    public long BytesWritten { get; private set; }
    public long BytesSent { get; private set; }
    public long BytesReceived { get; private set; }
    public long BytesRead { get; private set; }

    /// <summary>Bytes that the device has not acknowledged yet.</summary>
    public int BytesQueued => _toSend.Sum(p => p.Length) + _writes.Sum(t => t.Buffer.Length);

    /// <summary>Bytes that wait to be read.</summary>
    public int Available => _received.Count;

    /// <summary>Femtoseconds, 0 for never: first and last write, first and last byte available to the program. <see cref="ResetTimes"/> begins again.</summary>
    public ulong FirstWritten { get; private set; }
    public ulong LastWritten { get; private set; }
    public ulong FirstReceived { get; private set; }
    public ulong LastReceived { get; private set; }

    /// <summary>SERIAL_STATE's bits of the last notification (PSTN 1.2, table 31).</summary>
    public int SerialState { get; private set; }

    /// <summary>Raised when bytes have become available.</summary>
    public event Action? Received;
    /// <summary>Raised when the function appears or goes.</summary>
    public event Action? BoundChanged;

    /// <summary>Opens as a program does: SET_LINE_CODING if a new line is given, reads pending, DTR and RTS on.</summary>
    public void Open(CdcLine? line = null)
    {
        if (IsOpen) return;
        if (_function is null) throw new InvalidOperationException($"{Name}: there is no such port now");
        if (_closing) EndClose();
        IsOpen = true;
        SubmitNotify();
        if (line is { } l) SetLine(l);
        _heldReads = Reads;
        Renew();
        _ = RaiseLine(_function);
    }

    /// <summary>open() returns after this: nothing is written before.</summary>
    private async HostTask<bool> RaiseLine(CdcFunction f)
    {
        int mine = _opening = ++_opens;
        if (f.HasLine) await Checked(CdcLine.SetControlLineState(f.Control, true, true), null);
        if (_opening != mine) return false;
        _opening = 0;
        Send();
        return true;
    }

    /// <summary>
    /// Closes, also when the program dies: what was written still goes out (closing_wait), then DTR and RTS off and the reads are taken back. What has not been read is
    /// lost, as with any tty.
    /// </summary>
    /// <param name="drain">False: what was written and has not gone yet is lost too, as after closing_wait's 30 s.</param>
    public void Close(bool drain = true)
    {
        if (!IsOpen) return;
        IsOpen = false;
        if (drain && BytesQueued > 0) _closing = true;
        else EndClose();
    }

    /// <summary>SET_LINE_CODING, as after tcsetattr.</summary>
    public void SetLine(CdcLine line)
    {
        Line = line;
        if (_function is { HasLine: true } f) Control(CdcLine.SetCoding(f.Control), line.ToBytes());
    }

    /// <summary>DTR and RTS on their own, as by TIOCMSET.</summary>
    public void SetControlLineState(bool dtr, bool rts)
    {
        if (_function is { HasLine: true } f) Control(CdcLine.SetControlLineState(f.Control, dtr, rts));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsOpen) throw new InvalidOperationException($"{Name}: not open");
        if (bytes.IsEmpty) return;
        BytesWritten += bytes.Length;
        LastWritten = _host.Time.Now;
        if (FirstWritten == 0) FirstWritten = LastWritten;
        for (; bytes.Length > 0; bytes = bytes[Math.Min(WritePiece, bytes.Length)..]) _toSend.Enqueue(bytes[..Math.Min(WritePiece, bytes.Length)].ToArray());
        Send();
    }

    /// <summary>What has come so far, at most the buffer's length.</summary>
    public int Read(Span<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length && _received.TryDequeue(out byte b)) buffer[count++] = b;
        BytesRead += count;
        if (count > 0) Renew();
        return count;
    }

    public byte[] ReadAll()
    {
        byte[] all = new byte[Available];
        Read(all);
        return all;
    }

    public void ResetTimes() => (FirstWritten, LastWritten, FirstReceived, LastReceived) = (0, 0, 0, 0);

    internal bool Answers(string asked) => Name.Contains(asked, StringComparison.OrdinalIgnoreCase);

    internal void Bind(CdcFunction function)
    {
        (_function, _lastName, Line, SerialState) = (function, function.Name, CdcLine.AtProbe, 0);
        BoundChanged?.Invoke();
    }

    internal void Unbind()
    {
        if (_function is null) return;
        _function = null;
        Drop();
        BoundChanged?.Invoke();
    }

    private void EndClose()
    {
        SetControlLineState(false, false);
        Drop();
    }

    private void Drop()
    {
        IsOpen = _closing = false;
        _opening = 0;
        UsbTransfer[] pending = [.. _reads, .. _writes];
        _reads.Clear();
        _writes.Clear();
        foreach (var t in pending) _host.Cancel(t);
        var notify = _notify;
        _notify = null;
        if (notify is not null) _host.Cancel(notify);
        _notification.Clear();
        _toSend.Clear();
        _received.Clear();
        _heldReads = 0;
    }

    private void Control(UsbSetup setup, byte[]? data = null) => _ = Checked(setup, data);

    private async HostTask<bool> Checked(UsbSetup setup, byte[]? data)
    {
        var t = await _host.Control(setup, data);
        if (!t.IsOk && t.Status is not (UsbTransferStatus.Gone or UsbTransferStatus.TimedOut)) _host.Findings.Add($"{Name}: {setup} ends with {t.Status}");
        return t.IsOk;
    }

    private void Renew()
    {
        if (!IsOpen || _stalled || _received.Count > Throttle) return;
        for (; _heldReads > 0; _heldReads--)
        {
            var t = new UsbTransfer(_function!.In, new byte[2 * _function.In.MaxPacket]) { Completed = ReadEnded };
            _reads.Add(t);
            _host.Submit(t);
        }
    }

    private void ReadEnded(UsbTransfer t)
    {
        if (!_reads.Remove(t)) return;
        if (!t.IsOk)
        {
            if (t.Status != UsbTransferStatus.Gone) _host.Findings.Add($"{Name}: a read from endpoint 0x{t.Pipe.Endpoint:X2} ends with {t.Status}");
            return;
        }
        if (_closing) return;
        foreach (byte b in t.Data) _received.Enqueue(b);
        BytesReceived += t.Done;
        if (t.Done > 0)
        {
            LastReceived = _host.Time.Now;
            if (FirstReceived == 0) FirstReceived = LastReceived;
        }
        _heldReads++;
        Renew();
        if (t.Done > 0) Received?.Invoke();
    }

    private void Send()
    {
        while (_opening == 0 && _function is not null && _writes.Count < Writes && _toSend.TryDequeue(out byte[]? piece))
        {
            var t = new UsbTransfer(_function!.Out, piece) { Completed = WriteEnded, ZeroPacket = SendZeroPacket };
            _writes.Add(t);
            _host.Submit(t);
        }
    }

    private void WriteEnded(UsbTransfer t)
    {
        if (!_writes.Remove(t)) return;
        BytesSent += t.Done;
        if (!t.IsOk && t.Status != UsbTransferStatus.Gone) _host.Findings.Add($"{Name}: a write to endpoint 0x{t.Pipe.Endpoint:X2} ends with {t.Status} after {t.Done} of {t.Buffer.Length} bytes");
        Send();
        if (_closing && BytesQueued == 0) EndClose();
    }

    private void SubmitNotify()
    {
        if (!IsOpen || _function is not { Notify: { } pipe }) return;
        _notify = new UsbTransfer(pipe, new byte[pipe.MaxPacket]) { Completed = Notified };
        _host.Submit(_notify);
    }

    // CDC 1.2, 6.3: bmRequestType 0xA1, bNotification, wValue, wIndex (the interface), wLength, data. It may come in several packets.
    private void Notified(UsbTransfer t)
    {
        if (t != _notify) return;
        if (!t.IsOk)
        {
            _host.Findings.Add($"{Name}: the notification endpoint 0x{t.Pipe.Endpoint:X2} ends with {t.Status}");
            return;
        }
        _notification.AddRange(t.Data);
        int due = _notification.Count < 8 ? 8 : 8 + (_notification[6] | _notification[7] << 8);
        if (_notification.Count >= due)
        {
            bool known = _notification[0] == 0xA1 && _notification[4] == _function!.Control && _notification.Count == due && (_notification[1], due) is (0x00, 8) or (0x20, 10) or (0x01, 8);
            _host.Findings.Require(known, $"{Name}: notification {Convert.ToHexString(_notification.ToArray())}");
            if (known && _notification[1] == 0x20) SerialState = _notification[8] | _notification[9] << 8;
            _notification.Clear();
        }
        SubmitNotify();
    }
}
