namespace SharpProbe.Sim.Usb;

/// <summary>Transactions: what is sent, what the device answers, and what follows (USB 2.0, 8.5 to 8.7).</summary>
internal sealed partial class UsbBus
{
    // Room for any packet and for one that is too long.
    private readonly byte[] _packet = new byte[4096];
    private readonly HashSet<int> _readyMeanwhile = [];
    private bool _asking;

    private UsbTransaction Plan(UsbPipe pipe)
    {
        var t = pipe.Current!;
        if (pipe.Kind == UsbEndpointKind.Control && t.Stage == ControlStage.Setup) return new(pipe, t, UsbToken.Setup, t.Setup!.Value.ToBytes(), false, _times.WithData(8), true);
        if (IsIn(pipe, t))
        {
            int length = Device!.InLength(pipe.Endpoint | 0x80);
            return new(pipe, t, UsbToken.In, default, pipe.Toggle, length < 0 ? _times.WithoutData : _times.WithData(length), length >= 0);
        }
        if (pipe.PingFirst) return new(pipe, t, UsbToken.Ping, default, false, _times.WithoutData, true);
        int count = t.Stage == ControlStage.Status ? 0 : Math.Min(pipe.MaxPacket, t.Buffer.Length - t.Done);
        return new(pipe, t, UsbToken.Out, t.Buffer.AsMemory(t.Done, count), pipe.Toggle, _times.WithData(count), true);
    }

    private static bool IsIn(UsbPipe pipe, UsbTransfer t) => pipe.Kind != UsbEndpointKind.Control
        ? (pipe.Endpoint & 0x80) != 0
        : t.Setup is { IsIn: true, Length: > 0 } == (t.Stage == ControlStage.Data);

    private void Execute()
    {
        var now = _onTheLine!;
        (_onTheLine, _freeAt, LastTraffic) = (null, time.Now, time.Now);
        var (pipe, t) = (now.Pipe, now.Transfer);
        if (pipe.Current == t && Device is not null)
        {
            bool lost = Faults?.Loses(pipe) ?? false;
            int number = pipe.Endpoint & 15, length = 0;
            bool data1 = now.Data1;
            _asking = true;
            _readyMeanwhile.Clear();
            var answer = now.Token switch
            {
                UsbToken.Setup => Device.Setup(pipe.Address, number, now.Data.Span),
                UsbToken.In => Device.In(pipe.Address, number, _packet, out length, out data1, lost),
                UsbToken.Out => Device.Out(pipe.Address, number, now.Data1, now.Data.Span),
                _ => Device.Ping(pipe.Address, number),
            };
            _asking = false;
            if (answer == UsbHandshake.Data && !now.Known)
            {
                ulong rest = _times.WithData(length) - _times.WithoutData;
                byte[] bytes = _packet.AsSpan(0, length).ToArray();
                _onTheLine = now;
                _dataPassed = () =>
                {
                    (_onTheLine, _dataPassed, _freeAt, LastTraffic) = (null, null, time.Now, time.Now);
                    Answered(now, answer, bytes, data1, lost);
                };
                _end = time.At(time.Now + rest, _dataPassed);
                return;
            }
            Answered(now, answer, answer == UsbHandshake.Data ? _packet.AsSpan(0, length) : default, data1, lost);
            return;
        }
        Wake();
    }

    private void Answered(UsbTransaction now, UsbHandshake answer, ReadOnlySpan<byte> data, bool data1, bool lost)
    {
        var pipe = now.Pipe;
        Log?.Add(new(time.Now, now.Token, pipe.Address, now.Token == UsbToken.In ? pipe.Endpoint | 0x80 : pipe.Endpoint, data1, now.Token == UsbToken.In ? data.ToArray() : now.Data.ToArray(), answer, lost));
        if (pipe.Current == now.Transfer) Judge(now, answer, data, data1, lost);
        Wake();
    }

    private void Judge(UsbTransaction now, UsbHandshake answer, ReadOnlySpan<byte> data, bool data1, bool lost)
    {
        var (pipe, t) = (now.Pipe, now.Transfer);
        if (pipe.Kind == UsbEndpointKind.Interrupt) pipe.NotBefore = NextPoll(pipe);
        if (answer == UsbHandshake.Nak && now.Token != UsbToken.Setup)
        {
            Refused(now);
            return;
        }
        if (pipe.WaitsFor is not null && !lost) findings.Add($"{Device?.Name} did not say Ready for endpoint 0x{pipe.WaitsFor:X2} after a NAK, yet now answers {answer}: the bench's own mistake");
        pipe.WaitsFor = null;
        bool onlyTheAck = lost && now.Token == UsbToken.In && answer == UsbHandshake.Data && pipe.Kind != UsbEndpointKind.Control && Faults!.OnlyTheAck();
        if (answer == UsbHandshake.None || lost && !onlyTheAck)
        {
            Unanswered(now);
            return;
        }
        pipe.Errors = 0;
        switch (now.Token, answer)
        {
            case (UsbToken.Setup, UsbHandshake.Ack):
                pipe.Toggle = true;
                pipe.PingFirst = false;
                t.Stage = t.Buffer.Length > 0 ? ControlStage.Data : ControlStage.Status;
                break;
            case (UsbToken.In, UsbHandshake.Data):
                Take(pipe, t, data, data1, onlyTheAck);
                break;
            case (UsbToken.Out, UsbHandshake.Ack):
                Sent(pipe, t, now.Data.Length);
                break;
            case (UsbToken.Out, UsbHandshake.Nyet) when Speed == UsbSpeed.High:
                pipe.PingFirst = true;
                Sent(pipe, t, now.Data.Length);
                break;
            case (UsbToken.Ping, UsbHandshake.Ack):
                pipe.PingFirst = false;
                break;
            case (not UsbToken.Setup, UsbHandshake.Stall):
                Finish(t, UsbTransferStatus.Stall);
                break;
            default:
                findings.Add($"endpoint {Name(pipe)} answers {now.Token.ToString().ToUpperInvariant()} with {answer}, which USB 2.0 (8.4.6) does not allow");
                Unanswered(now);
                break;
        }
    }

    private void Refused(UsbTransaction now)
    {
        var (pipe, t) = (now.Pipe, now.Transfer);
        int endpoint = now.Token == UsbToken.In ? pipe.Endpoint | 0x80 : pipe.Endpoint;
        if (now.Token == UsbToken.Out && Speed == UsbSpeed.High && pipe.Kind != UsbEndpointKind.Interrupt) pipe.PingFirst = true;
        if (pipe.WaitsFor is null) pipe.WaitsSince = time.Now;
        else if (now.Token == UsbToken.In && t.Done > 0 && t.Stage != ControlStage.Status && time.Now - pipe.WaitsSince >= CheckAfter)
            findings.Add($"endpoint {Name(pipe)} has sent whole packets only and then nothing for {CheckAfter / Millisecond} ms: without a zero-length packet the host's read does not end{(t.Setup is { } s ? $" ({s})" : "")}");
        if (_readyMeanwhile.Contains(endpoint)) return;
        (pipe.WaitsFor, pipe.CheckAt) = (endpoint, time.Now + CheckAfter);
    }

    /// <summary>Three errors in a row end a transfer (xHCI and EHCI: CErr = 3). High speed asks with PING after one (EHCI, 4.11).</summary>
    private void Unanswered(UsbTransaction now)
    {
        var pipe = now.Pipe;
        if (++pipe.Errors >= 3)
        {
            Finish(now.Transfer, UsbTransferStatus.NoAnswer);
            return;
        }
        if (now.Token is UsbToken.Out or UsbToken.Ping && Speed == UsbSpeed.High && pipe.Kind != UsbEndpointKind.Interrupt) pipe.PingFirst = true;
    }

    private void Take(UsbPipe pipe, UsbTransfer t, ReadOnlySpan<byte> data, bool data1, bool ackLost)
    {
        if (data1 != pipe.Toggle)
        {
            // The device repeats what it believes lost; the host acknowledges and drops it (8.6.4).
            if (!pipe.RepeatExpected) findings.Add($"endpoint {Name(pipe)} sends DATA{(data1 ? 1 : 0)} where DATA{(data1 ? 0 : 1)} is due, and no handshake was lost");
            pipe.RepeatExpected = ackLost;
            return;
        }
        pipe.RepeatExpected = ackLost;
        pipe.Toggle = !pipe.Toggle;
        if (data.Length > pipe.MaxPacket)
        {
            findings.Add($"endpoint {Name(pipe)} sends a packet of {data.Length} bytes; its maximum is {pipe.MaxPacket} (babble)");
            Finish(t, UsbTransferStatus.Babble);
            return;
        }
        if (t.Setup is { } setup && t.Stage == ControlStage.Status)
        {
            findings.Require(data.Length == 0, $"{setup}: the status stage brings {data.Length} bytes");
            Finish(t, UsbTransferStatus.Ok);
            return;
        }
        if (data.Length > t.Buffer.Length - t.Done)
        {
            findings.Add(t.Setup is { } s ? $"{s}: the device sends {t.Done + data.Length} bytes, more than wLength" : $"endpoint {Name(pipe)} sends {data.Length} bytes where {t.Buffer.Length - t.Done} were asked for");
            Finish(t, UsbTransferStatus.Babble);
            return;
        }
        data.CopyTo(t.Buffer.AsSpan(t.Done));
        t.Done += data.Length;
        if (data.Length == pipe.MaxPacket && t.Done < t.Buffer.Length) return;
        if (t.Setup is null) Finish(t, UsbTransferStatus.Ok);
        else (t.Stage, pipe.Toggle) = (ControlStage.Status, true);
    }

    private void Sent(UsbPipe pipe, UsbTransfer t, int count)
    {
        pipe.Toggle = !pipe.Toggle;
        if (t.Stage == ControlStage.Status)
        {
            Finish(t, UsbTransferStatus.Ok);
            return;
        }
        t.Done += count;
        if (t.Done < t.Buffer.Length) return;
        if (t.Setup is not null) (t.Stage, pipe.Toggle) = (ControlStage.Status, true);
        else if (t.ZeroPacket && count == pipe.MaxPacket) return;           // one more, empty
        else Finish(t, UsbTransferStatus.Ok);
    }

    private void Finish(UsbTransfer t, UsbTransferStatus status)
    {
        TakeOut(t, status);
        // Before the next transaction is chosen: the end of a request may change what it begins with.
        Finished?.Invoke(t);
    }

    /// <summary>A transfer has ended on the line; the driver hears of it later.</summary>
    public event Action<UsbTransfer>? Finished;

    private static string Name(UsbPipe pipe) => $"0x{pipe.Endpoint:X2}";
}
