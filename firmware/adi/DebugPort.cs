using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>
/// The debug port (DP) at the end of the wire: selection, power, banked registers, and what to do about every answer that is not OK (IHI 0031, "The Debug Port"). SELECT is kept, and DPBANKSEL
/// is left 0, so that CTRL/STAT can be read after a FAULT.
/// </summary>
public sealed class DebugPort(Swd wire, Clock clock, Background background)
{
    /// <summary>Limits in ms: a bus that answers WAIT (flash erase stalls it for tens of ms), and power-up acknowledges.</summary>
    private const uint WaitLimit = 1000, PowerUpLimit = 500;

    /// <summary>DP registers by address: DPIDR and ABORT, CTRL/STAT, SELECT and RESEND, RDBUFF.</summary>
    private const uint DpIdrOrAbort = 0, CtrlStat = 4, SelectOrResend = 8, RdBuff = 12;

    private const uint DapAbort = 1, ClearSticky = 0x1E, PowerUpRequests = 0x5000_0000, PowerUpAcks = 0xA000_0000, StickyErr = 1u << 5, WriteDataErr = 1u << 7;

    /// <summary>In Hz: a target that does not answer at this clock is not there.</summary>
    private const uint SlowestTry = 500_000;

    private const uint UnknownSelect = uint.MaxValue;

    private readonly Swd _wire = wire;
    private readonly Clock _clock = clock;
    private readonly Background _background = background;
    private readonly SignalQuality _quality = new(wire, clock);
    private uint _select = UnknownSelect, _targetSel;

    public Swd Wire => _wire;

    public SignalQuality Quality => _quality;

    /// <summary>A target has answered and was not lost since.</summary>
    public bool Connected { get; private set; }

    public uint DpIdr { get; private set; }

    /// <summary>0 before DPv2.</summary>
    public uint TargetId { get; private set; }

    /// <summary>Changes whenever registers of access ports may not hold what was written to them.</summary>
    public uint Epoch { get; private set; }

    /// <summary>Finds the target, whatever state its port is in, and powers its debug domain up.</summary>
    public DebugFault Connect(uint targetSel)
    {
        Connected = false;
        _targetSel = targetSel;
        _wire.Connect();
        DebugFault fault = Find();
        if (fault.Failed) return fault;
        Connected = true;
        fault = PowerUp();
        if (fault.Failed || (DpIdr >> 12 & 15) < 2) return fault;
        return ReadBanked(2, CtrlStat, out uint id, out fault) ? SetTargetId(id) : fault;
    }

    public void Forget() => Connected = false;

    public DebugFault ReadAp(uint ap, uint register, out uint value)
    {
        value = 0;
        DebugFault fault = Select(ap, register);
        if (fault.Ok) fault = Do(SwdRequest.ReadAp(register & 12), ref value);
        return fault.Ok ? Do(SwdRequest.ReadDp(RdBuff), ref value) : fault;
    }

    /// <summary>Posted: an error of the access shows in a later transaction.</summary>
    public DebugFault WriteAp(uint ap, uint register, uint value)
    {
        DebugFault fault = Select(ap, register);
        return fault.Ok ? Do(SwdRequest.WriteAp(register & 12), ref value) : fault;
    }

    /// <summary>See <see cref="Swd.ReadBlock"/>; <paramref name="issued"/> as there.</summary>
    public DebugFault ReadBlock(uint ap, uint register, Span<byte> data, ref int issued)
    {
        DebugFault fault = Select(ap, register);
        if (fault.Failed) return fault;
        int before = issued;
        uint start = _clock.Milliseconds;
        while (true)
        {
            SwdAck ack = _wire.ReadBlock(SwdRequest.ReadAp(register & 12), data, ref issued);
            if (ack == SwdAck.Ok) return DebugFault.None;
            if (ack != SwdAck.Wait) return Failed(ack);
            if (!Patient(issued, ref before, ref start)) return Abort();
        }
    }

    /// <summary>See <see cref="Swd.WriteBlock"/>; posted.</summary>
    public DebugFault WriteBlock(uint ap, uint register, ReadOnlySpan<byte> data, ref int done)
    {
        DebugFault fault = Select(ap, register);
        if (fault.Failed) return fault;
        int before = done;
        uint start = _clock.Milliseconds;
        while (true)
        {
            SwdAck ack = _wire.WriteBlock(SwdRequest.WriteAp(register & 12), data, ref done);
            if (ack == SwdAck.Ok) return DebugFault.None;
            if (ack != SwdAck.Wait) return Failed(ack);
            if (!Patient(done, ref before, ref start)) return Abort();
        }
    }

    /// <summary>Waits for posted writes and returns their error.</summary>
    public DebugFault Flush()
    {
        uint value = 0;
        return Connected ? Do(SwdRequest.ReadDp(RdBuff), ref value) : FaultKind.LostTarget;
    }

    /// <summary>Before the clock stops.</summary>
    public void Rest()
    {
        _wire.Idle();
        _quality.Watch();
    }

    private DebugFault SetTargetId(uint id)
    {
        TargetId = id;
        return DebugFault.None;
    }

    /// <summary>Line reset and DPIDR, by each way into SWD in turn; slower, while nothing answers that makes sense.</summary>
    private DebugFault Find()
    {
        uint asked = _wire.Frequency;
        SwdAck worst = SwdAck.NoAnswer;
        while (true)
        {
            SwdSelection.FromJtag(_wire);
            SwdAck ack = Identify();
            if (ack == SwdAck.NoAnswer)
            {
                SwdSelection.FromDormant(_wire);
                ack = Identify();
            }
            if (ack == SwdAck.Ok ? _targetSel != 0 || !IsOneOfMany() || FindOnMultiDrop() || FindAlone() : _targetSel == 0 && FindOnMultiDrop()) break;
            if (ack is not (SwdAck.NoAnswer or SwdAck.Ok)) worst = ack;
            uint slower = _wire.Frequency / 2;
            if (slower < SlowestTry)
            {
                _wire.Frequency = asked;
                return NotFound(worst);
            }
            _wire.Frequency = slower;
        }
        if (_wire.Frequency < asked) _quality.Tell();
        return DebugFault.None;
    }

    private DebugFault NotFound(SwdAck ack)
    {
        if (_wire.InReset && !_wire.HoldReset) return FaultKind.HeldInReset;
        return ack switch
        {
            SwdAck.NoAnswer or 0 => FaultKind.NoAnswer,
            SwdAck.Parity => FaultKind.ParityError,
            _ => new DebugFault(FaultKind.ProtocolError, 0, (uint)ack),
        };
    }

    /// <summary>After a line reset: TARGETSEL where one is wanted, then DPIDR.</summary>
    private SwdAck Identify()
    {
        if (_targetSel != 0) _wire.WriteTargetSel(_targetSel);
        SwdAck ack = _wire.Read(SwdRequest.ReadDp(DpIdrOrAbort), out uint id);
        if (ack != SwdAck.Ok) return ack;
        if (id is 0 or uint.MaxValue) return SwdAck.NoAnswer;
        (DpIdr, TargetId) = (id, 0);
        Lapse();
        return SwdAck.Ok;
    }

    /// <summary>
    /// Until TARGETSEL chooses, all debug ports of a multi-drop chip do what they are told, the RP2040's rescue port too, whose power request restarts the chip: before any, a port of version 2
    /// is asked for TARGETID, which all of them answer alike.
    /// </summary>
    private bool IsOneOfMany()
    {
        if ((DpIdr >> 12 & 15) < 2 || !ReadBanked(2, CtrlStat, out uint targetId, out _)) return false;
        foreach (uint id in MultiDrop.TargetIds)
            if ((targetId ^ id) << 4 == 0) return true;
        return false;
    }

    private bool FindAlone()
    {
        SwdSelection.LineReset(_wire);
        return Identify() == SwdAck.Ok;
    }

    private bool FindOnMultiDrop()
    {
        foreach (uint id in MultiDrop.TargetIds)
        {
            for (uint instance = 0; instance < MultiDrop.Instances; instance++)
            {
                SwdSelection.LineReset(_wire);
                _targetSel = id | instance << 28;
                if (Identify() == SwdAck.Ok && (DpIdr >> 12 & 15) >= 2) return true;
            }
        }
        _targetSel = 0;
        return false;
    }

    private DebugFault PowerUp()
    {
        uint value = ClearSticky;
        DebugFault fault = Do(SwdRequest.WriteDp(DpIdrOrAbort), ref value);
        if (fault.Ok) fault = WriteSelect(0);
        value = PowerUpRequests;
        if (fault.Ok) fault = Do(SwdRequest.WriteDp(CtrlStat), ref value);
        uint start = _clock.Milliseconds;
        while (fault.Ok)
        {
            fault = Do(SwdRequest.ReadDp(CtrlStat), ref value);
            if ((value & PowerUpAcks) == PowerUpAcks) break;
            if (_clock.Milliseconds - start > PowerUpLimit) return FaultKind.PowerUpTimeout;
            _background.Run();
        }
        return fault;
    }

    private bool ReadBanked(uint bank, uint register, out uint value, out DebugFault fault)
    {
        value = 0;
        fault = WriteSelect(bank);
        if (fault.Ok) fault = Do(SwdRequest.ReadDp(register), ref value);
        DebugFault back = WriteSelect(0);
        if (fault.Ok) fault = back;
        return fault.Ok;
    }

    private DebugFault Select(uint ap, uint register)
    {
        if (!Connected) return FaultKind.LostTarget;
        uint select = ap << 24 | register & 0xF0;
        return select == _select ? DebugFault.None : WriteSelect(select);
    }

    private DebugFault WriteSelect(uint select)
    {
        uint value = select;
        DebugFault fault = Do(SwdRequest.WriteDp(SelectOrResend), ref value);
        _select = fault.Ok ? select : UnknownSelect;
        return fault;
    }

    /// <summary>One transaction with all that its answer asks for. A DP read of wrong parity has no side effect and is repeated.</summary>
    private DebugFault Do(uint request, ref uint value)
    {
        uint start = _clock.Milliseconds;
        int waits = 0, repeats = 0;
        while (true)
        {
            SwdAck ack = SwdRequest.IsRead(request) ? _wire.Read(request, out value) : _wire.Write(request, value);
            if (ack == SwdAck.Ok) return DebugFault.None;
            if (ack == SwdAck.Wait)
            {
                if (++waits % Swd.BusyRetries != 0) continue;
                if (_clock.Milliseconds - start > WaitLimit) return Abort();
                _background.Run();
            }
            else if (ack != SwdAck.Parity || SwdRequest.IsAp(request) || ++repeats == 4) return Failed(ack);
        }
    }

    /// <summary>Gives the rest of the probe a turn while the target is busy; false when nothing moved for too long.</summary>
    private bool Patient(int now, ref int before, ref uint start)
    {
        if (now != before) (before, start) = (now, _clock.Milliseconds);
        else if (_clock.Milliseconds - start > WaitLimit) return false;
        _background.Run();
        return true;
    }

    private void Lapse()
    {
        _select = UnknownSelect;
        Epoch++;
    }

    /// <summary>The target's bus hangs: the AP gives the access up.</summary>
    private DebugFault Abort()
    {
        Lapse();
        _wire.Write(SwdRequest.WriteDp(DpIdrOrAbort), DapAbort | ClearSticky);
        return FaultKind.WaitTimeout;
    }

    private DebugFault Failed(SwdAck ack) => ack switch
    {
        SwdAck.Fault => TakeStickyError(),
        SwdAck.Parity => Garbled(),
        _ => Resynchronise(ack),
    };

    private DebugFault Garbled()
    {
        Lapse();
        _quality.Count();
        return FaultKind.ParityError;
    }

    /// <summary>Reads why the target answered FAULT, clears it, and finds the address: TAR stays on an access that failed.</summary>
    private DebugFault TakeStickyError()
    {
        uint select = _select;
        Lapse();
        SwdAck ack = _wire.Read(SwdRequest.ReadDp(CtrlStat), out uint status);
        if (ack == SwdAck.Ok) ack = _wire.Write(SwdRequest.WriteDp(DpIdrOrAbort), ClearSticky);
        if (ack != SwdAck.Ok) return Resynchronise(ack);
        if ((status & StickyErr) != 0) return new(FaultKind.BusError, ReadTar(select));
        if ((status & WriteDataErr) != 0) return Garbled();
        return (status & PowerUpAcks) == PowerUpAcks ? new(FaultKind.ProtocolError, 0, (uint)SwdAck.Fault) : Restore((uint)SwdAck.Fault);
    }

    private uint ReadTar(uint select)
    {
        if (select == UnknownSelect || _wire.Write(SwdRequest.WriteDp(SelectOrResend), select & 0xFF00_0000) != SwdAck.Ok) return 0;
        _select = select & 0xFF00_0000;
        if (_wire.Read(SwdRequest.ReadAp(MemAp.Tar), out _) != SwdAck.Ok) return 0;
        for (int i = 0; i < Swd.BusyRetries; i++)
            if (_wire.Read(SwdRequest.ReadDp(RdBuff), out uint address) == SwdAck.Ok) return address;
        return 0;
    }

    /// <summary>No answer, or one that is none: the line is reset, and if the same target is there, the caller may repeat what was not acknowledged.</summary>
    private DebugFault Resynchronise(SwdAck ack)
    {
        if (!Connected) return new(FaultKind.ProtocolError, 0, (uint)ack);
        uint known = DpIdr, target = TargetId;
        Connected = false;                                   // a second failure below ends in the line above
        for (int i = 0; i < 3; i++)
        {
            if (i == 0) SwdSelection.LineReset(_wire);
            else SwdSelection.FromJtag(_wire);
            if (Identify() != SwdAck.Ok) continue;
            if (DpIdr != known) break;
            TargetId = target;
            return Restore((uint)ack);
        }
        DpIdr = known;
        return FaultKind.LostTarget;
    }

    /// <summary>Powers up again what a reset or a loose contact has powered down.</summary>
    private DebugFault Restore(uint ack)
    {
        Connected = false;
        Lapse();
        if (PowerUp().Failed) return FaultKind.LostTarget;
        Connected = true;
        _quality.Count();
        return new(FaultKind.ProtocolError, 0, ack);
    }
}
