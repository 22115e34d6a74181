using System.Numerics;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Adi;

/// <summary>The target's end of the serial wire protocol, bit by bit (IHI 0031E, chapter B4): takes what it sampled at a rising edge, says what it does to SWDIO from then on.</summary>
sealed class SwdLine(SwDp dp, SwdLog log)
{
    private const int RequestBits = 8, AckBits = 3, DataBits = 33;

    private SwdRequest _request;
    private SwdAck _ack;
    private int _count, _total, _idle;
    private ulong _shift, _start;
    private uint _corrupt;
    private bool _fresh, _mute, _dataPhase, _twoIdle;
    private SwdTransfer _entry;

    public SwdPhase Phase { get; private set; } = SwdPhase.Locked;

    /// <summary>The target drives SWDIO or nobody does: what it samples is meaningless.</summary>
    public bool Deaf => Phase is SwdPhase.TurnToTarget or SwdPhase.Answer or SwdPhase.TurnToHost;

    /// <summary>Given a sentence for each thing that a host should not do.</summary>
    public Action<ulong, string>? Found { get; set; }

    public void Lock() => Phase = SwdPhase.Locked;

    /// <summary>At least 50 high clocks: listens again, first of all for a read of DPIDR or, DPv2, TARGETSEL.</summary>
    public void Reset(ulong now)
    {
        (Phase, _fresh, _idle, _twoIdle) = (SwdPhase.Idle, true, 0, false);
        _count = -1;        // high bits that go on belong to the line reset
        dp.LineReset();
        Note(SwdEvent.LineReset, now);
    }

    public Drive Clock(bool bit, ulong now)
    {
        switch (Phase)
        {
            case SwdPhase.Idle:
                if (bit) TakeStart(now);
                else
                {
                    _count = 0;
                    _idle++;
                }
                return Drive.None;

            case SwdPhase.Request:
                if (bit) _shift |= 1ul << _count;
                if (++_count == RequestBits) TakeRequest(now);
                return Drive.None;

            case SwdPhase.TurnToTarget:
                return --_count > 0 ? Drive.None : Answer(now);

            case SwdPhase.Answer:
                if (++_count < _total) return Output();
                _entry = _entry with { End = now };
                (Phase, _count) = (SwdPhase.TurnToHost, dp.Turnaround);
                return Drive.None;

            case SwdPhase.TurnToHost:
                if (--_count == 0) AfterTurn(now);
                return Drive.None;

            case SwdPhase.WriteData:
                if (bit) _shift |= 1ul << _count;
                if (++_count == DataBits) TakeData(now);
                return Drive.None;

            default:
                return Drive.None;
        }
    }

    private void TakeStart(ulong now)
    {
        if (_count < 0) return;
        if (_fresh && _idle < 2 && !_twoIdle)
        {
            _twoIdle = true;
            Found?.Invoke(now, "a line reset is followed by two idle clocks at least (IHI 0031E, chapter B4), and there was one");
        }
        (Phase, _count, _shift, _start) = (SwdPhase.Request, 1, 1, now);
    }

    private void TakeRequest(ulong now)
    {
        _request = new((byte)_shift);
        string? reason = !_request.ParityRight ? "parity of a request" : !_request.StopRight ? "stop bit" : !_request.ParkRight ? "park bit" : null;
        bool targetSel = _request.IsTargetSel && dp.Version >= 2 && dp.MultiDrop;
        if (reason is null && _fresh && !_request.IsDpidrRead && !targetSel) reason = "the first transfer after a line reset does not read DPIDR";
        if (reason is null && !_fresh && targetSel) reason = "TARGETSEL is not written at once after a line reset";
        if (reason is not null)
        {
            Error(reason, now);
            return;
        }
        _mute = targetSel;
        (Phase, _count) = (SwdPhase.TurnToTarget, dp.Turnaround);
    }

    /// <summary>The last turnaround clock is over: decides, and drives the first bit.</summary>
    private Drive Answer(ulong now)
    {
        Phase = SwdPhase.Answer;
        _count = 0;
        if (log.Wanted) _entry = new() { Time = _start, End = now, Request = _request, Register = dp.Name(_request), Ap = dp.ApSel, Memory = dp.MemoryOf(_request) };
        if (_mute)
        {
            (_ack, _shift, _total, _dataPhase) = (SwdAck.None, (ulong)SwdAck.None, AckBits, true);
            return Drive.None;
        }
        if (dp.Faults.TakeBadAck(out byte bits))
        {
            (_ack, _shift, _total, _dataPhase) = ((SwdAck)bits, bits, AckBits, false);
            return Output();
        }
        bool always = dp.DataPhaseAlways;
        _ack = dp.Begin(_request, now);
        _dataPhase = _ack == SwdAck.Ok || always;
        if (_ack == SwdAck.Ok) _fresh = false;
        _shift = (ulong)_ack;
        _total = AckBits;
        if (_request.Read && _dataPhase)
        {
            // The data phase of a refused read is unknown: here with wrong parity.
            ulong data = _ack == SwdAck.Ok ? dp.ReadData : 0;
            ulong parity = _ack == SwdAck.Ok ? (ulong)BitOperations.PopCount((uint)data) & 1 : 1;
            _shift |= (data | parity << 32) << AckBits;
            _total += DataBits;
            if (_ack == SwdAck.Ok && dp.Faults.TakeCorruptRead()) _shift ^= 1ul << AckBits + Corrupt();
            uint sent = (uint)(_shift >> AckBits);
            _entry = _entry with { Data = sent, HasData = true, ParityError = (BitOperations.PopCount(_shift >> AckBits) & 1) != 0 };
        }
        return Output();
    }

    private Drive Output() => _mute ? Drive.None : (_shift >> _count & 1) != 0 ? Drive.High : Drive.Low;

    private void AfterTurn(ulong now)
    {
        if (_dataPhase && !_request.Read)
        {
            (Phase, _count, _shift) = (SwdPhase.WriteData, 0, 0);
            return;
        }
        Finish();
        if (_ack is SwdAck.Ok or SwdAck.Wait or SwdAck.Fault) ToIdle();
        else Error("injected acknowledge", now);
    }

    private void TakeData(ulong now)
    {
        if (_ack == SwdAck.Ok && dp.Faults.TakeCorruptWrite()) _shift ^= 1ul << Corrupt();
        bool parityRight = (BitOperations.PopCount(_shift) & 1) == 0;
        uint data = (uint)_shift;
        _entry = _entry with { Data = data, HasData = true, ParityError = !parityRight, End = now };
        Finish();
        ToIdle();
        if (_mute)
        {
            // Chapter B4, target selection: who does not match, or did not understand, stays quiet until the next line reset. Who does waits for DPIDR to be read.
            if (parityRight && dp.IsSelectedBy(data)) return;
            Phase = SwdPhase.Deselected;
            Note(SwdEvent.Deselected, now);
        }
        else if (_ack == SwdAck.Ok) dp.Write(_request, data, parityRight, now);
    }

    private void ToIdle()
    {
        Phase = SwdPhase.Idle;
        (_count, _idle) = (0, 2);
    }

    private void Finish()
    {
        if (log.Wanted) log.Add(_entry with { Ack = _ack });
    }

    private void Error(string reason, ulong now)
    {
        Phase = SwdPhase.Locked;
        if (log.Wanted) log.Add(new() { Event = SwdEvent.ProtocolError, Time = _start, End = now, Request = _request, Reason = reason });
    }

    internal void Note(SwdEvent what, ulong now)
    {
        if (log.Wanted) log.Add(new() { Event = what, Time = now, End = now });
    }

    /// <summary>A different data bit each time.</summary>
    private int Corrupt() => (int)(_corrupt += 11) & 31;
}
