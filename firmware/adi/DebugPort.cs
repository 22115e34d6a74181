using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>
/// A debug port (DP) at the end of the wire: selection, power, banked registers, and what to do about every answer that is not OK (IHI 0031, "The Debug Port"). SELECT is kept, and DPBANKSEL
/// is left 0, so that CTRL/STAT can be read after a FAULT. How it is found is the protocol's: <see cref="SwDebugPort"/>, <see cref="JtagDebugPort"/>.
/// </summary>
public abstract class DebugPort(DebugLink link, SignalQuality quality, Clock clock, Background background)
{
    /// <summary>Limits in ms: a bus that answers WAIT (flash erase stalls it for tens of ms), and power-up acknowledges.</summary>
    private const uint WaitLimit = 1000, PowerUpLimit = 500;

    /// <summary>DP registers by address: DPIDR and ABORT, CTRL/STAT, SELECT and RESEND, RDBUFF.</summary>
    protected const uint DpIdrOrAbort = 0, CtrlStat = 4, SelectOrResend = 8, RdBuff = 12;

    /// <summary>Bits of CTRL/STAT.</summary>
    protected const uint PowerUpRequests = 0x5000_0000;
    private const uint PowerUpAcks = 0xA000_0000, StickyErr = 1u << 5, WriteDataErr = 1u << 7;

    /// <summary>In ABORT.</summary>
    protected const uint DapAbort = 1;

    private const uint UnknownSelect = uint.MaxValue;

    private readonly DebugLink _link = link;
    private readonly Clock _clock = clock;
    private readonly Background _background = background;
    private readonly SignalQuality _quality = quality;
    private uint _select = UnknownSelect;

    protected DebugLink Link => _link;

    protected SignalQuality Quality => _quality;

    /// <summary>A target has answered and was not lost since.</summary>
    public bool Connected { get; private set; }

    /// <summary>DPIDR; by JTAG IDCODE, where there is no DPIDR.</summary>
    public uint DpIdr { get; private set; }

    /// <summary>0 before DPv2.</summary>
    public uint TargetId { get; private set; }

    /// <summary>Its access ports have addresses rather than numbers (IHI 0074).</summary>
    public bool IsV6 => (DpIdr >> 12 & 15) >= 3;

    /// <summary>What SELECT holds for the registers that each access port has, from CSW on: by number, or by address (IHI 0074, "MEM-AP register summary").</summary>
    public uint SelectOf(uint index) => IsV6 ? index | 0xD00 : index << 24;

    /// <summary>Chooses it among several on one wire; 0: it is alone there.</summary>
    public virtual uint TargetSel => 0;

    /// <summary>Changes whenever registers of access ports may not hold what was written to them.</summary>
    public uint Epoch { get; private set; }

    /// <summary>Whatever state the port is in, from now on it listens and has told its id: <see cref="Took"/>.</summary>
    protected abstract DebugFault Find();

    /// <summary>Brings the port's line out of disorder: more thoroughly from one attempt, 0 to 2, to the next. Then its id: <see cref="Took"/>.</summary>
    protected abstract SwdAck Restart(int attempt);

    /// <summary>Clears the sticky flags while SELECT.DPBANKSEL is 0.</summary>
    /// <param name="abort">The access under way is given up before.</param>
    protected abstract SwdAck ClearSticky(bool abort);

    /// <summary>Makes sure that the link leads to this port, where several share it.</summary>
    protected virtual void Turn() { }

    /// <summary>It answered.</summary>
    protected void Took(uint id)
    {
        DpIdr = id;
        Lapse();
    }

    /// <summary>Finds the target, whatever state its port is in, and powers its debug domain up.</summary>
    public DebugFault Connect()
    {
        Connected = false;
        TargetId = 0;
        DebugFault fault = Find();
        if (fault.Failed) return fault;
        Connected = true;
        fault = PowerUp();
        if (fault.Failed || (DpIdr >> 12 & 15) < 2) return fault;
        return ReadBanked(2, CtrlStat, out uint id, out fault) ? SetTargetId(id) : fault;
    }

    public void Forget() => Connected = false;

    /// <summary>Takes the power requests back.</summary>
    public DebugFault PowerDown()
    {
        uint none = 0;
        Connected = true;
        DebugFault fault = WriteSelect(0);
        if (fault.Ok) fault = Do(SwdRequest.WriteDp(CtrlStat), ref none);
        if (fault.Ok) fault = Flush();
        Connected = false;
        return fault;
    }

    /// <summary>Where the first ROM table of an ADIv6 debug port is, among its access ports; false: it has none (IHI 0074, "BASEPTR0"). Addresses of more than 32 bits are not looked at.</summary>
    public bool TryReadBase(out uint table)
    {
        bool valid = ReadBanked(2, DpIdrOrAbort, out table, out _) && (table & 1) != 0;
        table &= ~0xFFFu;
        return valid;
    }

    /// <param name="ap">What SELECT holds for the access port: see <see cref="SelectOf"/>.</param>
    /// <param name="register">Its offset there, below 0x100.</param>
    /// <param name="value">As read.</param>
    public DebugFault ReadAp(uint ap, uint register, out uint value)
    {
        value = 0;
        DebugFault fault = Select(ap, register);
        if (fault.Ok) fault = Do(SwdRequest.ReadAp(register & 12), ref value);
        return fault.Ok ? Checked(Do(SwdRequest.ReadDp(RdBuff), ref value)) : fault;
    }

    /// <summary>Posted: an error of the access shows in a later transaction.</summary>
    public DebugFault WriteAp(uint ap, uint register, uint value)
    {
        DebugFault fault = Select(ap, register);
        return fault.Ok ? Do(SwdRequest.WriteAp(register & 12), ref value) : fault;
    }

    /// <summary>See <see cref="DebugLink.ReadBlock"/>; <paramref name="issued"/> as there.</summary>
    public DebugFault ReadBlock(uint ap, uint register, Span<byte> data, ref int issued)
    {
        DebugFault fault = Select(ap, register);
        if (fault.Failed) return fault;
        Turn();
        int before = issued;
        uint start = _clock.Milliseconds;
        while (true)
        {
            SwdAck ack = _link.ReadBlock(SwdRequest.ReadAp(register & 12), data, ref issued);
            if (ack == SwdAck.Ok) return Checked(DebugFault.None);
            if (ack != SwdAck.Wait) return Failed(ack);
            if (!Patient(issued, ref before, ref start)) return Abort();
        }
    }

    /// <summary>See <see cref="DebugLink.WriteBlock"/>; posted.</summary>
    public DebugFault WriteBlock(uint ap, uint register, ReadOnlySpan<byte> data, ref int done)
    {
        DebugFault fault = Select(ap, register);
        if (fault.Failed) return fault;
        Turn();
        int before = done;
        uint start = _clock.Milliseconds;
        while (true)
        {
            SwdAck ack = _link.WriteBlock(SwdRequest.WriteAp(register & 12), data, ref done);
            if (ack == SwdAck.Ok) return DebugFault.None;
            if (ack != SwdAck.Wait) return Failed(ack);
            if (!Patient(done, ref before, ref start)) return Abort();
        }
    }

    /// <summary>Waits for posted writes and returns their error.</summary>
    public DebugFault Flush()
    {
        uint value = 0;
        return Connected ? Checked(Do(SwdRequest.ReadDp(RdBuff), ref value)) : FaultKind.LostTarget;
    }

    /// <summary>Before the clock stops.</summary>
    public void Rest()
    {
        _link.Idle();
        _quality.Watch();
    }

    private DebugFault SetTargetId(uint id)
    {
        TargetId = id;
        return DebugFault.None;
    }

    /// <summary>By JTAG nothing but CTRL/STAT tells that an access failed.</summary>
    private DebugFault Checked(DebugFault fault)
    {
        if (fault.Failed || _link.TellsFaults) return fault;
        uint status = 0;
        fault = Do(SwdRequest.ReadDp(CtrlStat), ref status);
        return fault.Ok && (status & StickyErr) != 0 ? TakeStickyError() : fault;
    }

    private DebugFault PowerUp()
    {
        Turn();
        SwdAck ack = ClearSticky(abort: false);
        DebugFault fault = ack == SwdAck.Ok ? WriteSelect(0) : Failed(ack);
        uint value = PowerUpRequests;
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

    protected bool ReadBanked(uint bank, uint register, out uint value, out DebugFault fault)
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
        uint select = ap | register & 0xF0;
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
        Turn();
        uint start = _clock.Milliseconds;
        int waits = 0, repeats = 0;
        while (true)
        {
            SwdAck ack = SwdRequest.IsRead(request) ? _link.Read(request, out value) : _link.Write(request, value);
            if (ack == SwdAck.Ok) return DebugFault.None;
            if (ack == SwdAck.Wait)
            {
                if (++waits % DebugLink.BusyRetries != 0) continue;
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
        ClearSticky(abort: true);
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
        SwdAck ack = _link.Read(SwdRequest.ReadDp(CtrlStat), out uint status);
        if (ack == SwdAck.Ok) ack = ClearSticky(abort: false);
        if (ack != SwdAck.Ok) return Resynchronise(ack);
        if ((status & StickyErr) != 0) return new(FaultKind.BusError, ReadTar(select));
        if ((status & WriteDataErr) != 0) return Garbled();
        return (status & PowerUpAcks) == PowerUpAcks ? new(FaultKind.ProtocolError, 0, (uint)SwdAck.Fault) : Restore((uint)SwdAck.Fault);
    }

    private uint ReadTar(uint select)
    {
        if (select == UnknownSelect || _link.Write(SwdRequest.WriteDp(SelectOrResend), select & ~0xF0u) != SwdAck.Ok) return 0;
        _select = select & ~0xF0u;
        if (_link.Read(SwdRequest.ReadAp(MemAp.Tar), out _) != SwdAck.Ok) return 0;
        for (int i = 0; i < DebugLink.BusyRetries; i++)
            if (_link.Read(SwdRequest.ReadDp(RdBuff), out uint address) == SwdAck.Ok) return address;
        return 0;
    }

    /// <summary>No answer, or one that is none: the line is reset, and if the same target is there, the caller may repeat what was not acknowledged.</summary>
    private DebugFault Resynchronise(SwdAck ack)
    {
        if (!Connected) return new(FaultKind.ProtocolError, 0, (uint)ack);
        uint known = DpIdr;
        Connected = false;                                   // a second failure below ends in the line above
        for (int i = 0; i < 3; i++)
        {
            if (Restart(i) != SwdAck.Ok) continue;
            if (DpIdr != known) break;
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
