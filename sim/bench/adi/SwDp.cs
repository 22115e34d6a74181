namespace SharpProbe.Sim.Adi;

/// <summary>
/// A serial wire debug port's registers and flow control (IHI 0031E, chapters B2 and B4): what is acknowledged how, posted AP reads, sticky flags, power-up.
/// Version 1, 2 or 3 follows from DPIDR; with version 3 SELECT holds an address (IHI 0074, chapters B2 and B4). Not modelled, and a stop when chosen: the transaction counter and pushed operations.
/// </summary>
/// <param name="dpidr">0x1BA01477: STM32F103; 0x2BA01477: Cortex-M4's, version 1; 0x0BC12477: Cortex-M0+ with version 2.</param>
/// <param name="accessPorts">By APSEL; null where there is none.</param>
public sealed partial class SwDp(uint dpidr, params ApBlock?[] accessPorts)
{
    private const uint OrunDetect = 1 << 0, StickyOrun = 1 << 1, TrnMode = 3 << 2, StickyCmp = 1 << 4, StickyErr = 1 << 5, ReadOk = 1 << 6, WdataErr = 1 << 7;
    private const uint MaskLane = 0xF << 8, TrnCnt = 0xFFF << 12, PowerRequests = 1u << 28 | 1u << 30;
    private const uint Sticky = StickyOrun | StickyCmp | StickyErr | WdataErr;
    private const int DebugRequest = 28, SystemRequest = 30;

    private uint _control, _select, _dlcr, _sent, _fetched;
    private ulong _debugUpAt, _systemUpAt, _busyUntil;
    private bool _failed, _writePending;
    private int _writeClocks;
    private ApBlock? _writeAp;
    private int _writeRegister;
    private uint _writeValue;

    public uint Dpidr => dpidr;
    public int Version => (int)(dpidr >> 12 & 0xF);

    /// <summary>DPv2: bits 31:28 revision, 27:12 part, 11:1 designer, 0 one.</summary>
    public uint TargetId { get; init; }

    /// <summary>DPv2: DLPIDR.TINSTANCE, which tells alike chips on one wire apart.</summary>
    public byte Instance { get; init; }

    /// <summary>DPv2 that listens to TARGETSEL.</summary>
    public bool MultiDrop { get; init; } = true;

    /// <summary>Called when CDBGPWRUPREQ rises, where that does more than it says.</summary>
    public Action? DebugPowerRequested { get; init; }

    /// <summary>Listened to after power-up. A port with SWD alone starts with <see cref="SwjProtocol.Swd"/>, one meant for several on a wire with Dormant.</summary>
    public SwjProtocol Start { get; init; } = SwjProtocol.Jtag;

    /// <summary>Femtoseconds from CDBGPWRUPREQ and CSYSPWRUPREQ to their acknowledge. <see cref="ulong.MaxValue"/>: never.</summary>
    public ulong PowerUpDelay { get; set; } = 2 * TimeBase.Second / 1_000_000;

    /// <summary>Clocks after a write's parity until the access port has it. A host that stops the clock earlier leaves it pending; IHI 0031E, chapter B4, asks for eight.</summary>
    public int WriteClocks { get; init; } = 4;

    /// <summary>
    /// Takes one AP write while the access before it is under way, as the SWJ-DP of Cortex-M3 and M4 does. It is abandoned, and WDATAERR set, when that access ends in an error, and when
    /// DPIDR or CTRL/STAT is read or ABORT written, which cannot wait (IHI 0031E, chapter B4; Arm article 103489847). Off by itself where DPIDR says MINDP.
    /// </summary>
    public bool WriteBuffer { get; init; } = (dpidr & 1 << 16) == 0;

    public SwdFaults Faults { get; } = new();

    /// <summary>DPv3: DPIDR1, whose low bits say how many an address has.</summary>
    public uint Dpidr1 { get; init; }

    /// <summary>DPv3: BASEPTR0, where the first ROM table is.</summary>
    public uint BasePointer { get; init; }

    /// <summary>DPv3: what is behind which address, 4 KB each.</summary>
    public IReadOnlyDictionary<uint, ApBlock> Addressed { get; init; } = new Dictionary<uint, ApBlock>();

    public IEnumerable<ApBlock> AccessPorts => [.. accessPorts.OfType<ApBlock>(), .. Addressed.Values];

    /// <summary>CTRL/STAT as a debugger would read it now.</summary>
    public uint ControlStatus(ulong now)
    {
        Settle(now);
        uint acknowledged = 0;
        if ((_control >> DebugRequest & 1) != 0 && now >= _debugUpAt) acknowledged |= 2u << DebugRequest;
        if ((_control >> SystemRequest & 1) != 0 && now >= _systemUpAt) acknowledged |= 2u << SystemRequest;
        return _control | acknowledged;
    }

    /// <summary>Clocks of turnaround, DLCR.TURNROUND.</summary>
    internal int Turnaround => (int)(_dlcr >> 8 & 3) + 1;

    /// <summary>A data phase follows WAIT and FAULT too.</summary>
    internal bool DataPhaseAlways => (_control & OrunDetect) != 0;

    /// <summary>The data phase of the read that <see cref="Begin"/> acknowledged.</summary>
    internal uint ReadData { get; private set; }

    /// <summary>APSEL; with DPv3 the number of a 4 KB page.</summary>
    internal byte ApSel => (byte)(_select >> (Version >= 3 ? 12 : 24));

    internal bool Powered
    {
        get
        {
            foreach (var ap in AccessPorts) return ap.Powered;
            return true;
        }
    }

    internal void PowerOn()
    {
        (_control, _select, _dlcr, _sent, _fetched) = (0, 0, 0, 0, 0);
        (_busyUntil, _failed, _writePending) = (0, false, false);
        foreach (var ap in AccessPorts) ap.PowerOn();
    }

    /// <summary>A line reset leaves the registers alone but for the turnaround and READOK, and in DPv3 SELECT.DPBANKSEL (IHI 0074, B4.3.3).</summary>
    internal void LineReset()
    {
        if (Version >= 3) _select &= ~0xFu;
        _dlcr = 0;
        _control &= ~ReadOk;
    }

    /// <summary>One rising edge of SWCLK, on which the access port may take a write.</summary>
    internal void Clock(ulong now)
    {
        if (!_writePending || _writeClocks != 0 && --_writeClocks != 0 || now < _busyUntil) return;
        Settle(now);
        if ((_control & Sticky) != 0)
        {
            Abandon();
            return;
        }
        _writePending = false;
        Access(_writeAp, _writeRegister, write: true, _writeValue, now);
    }

    /// <summary>A request has arrived; the acknowledge, and for an accepted read <see cref="ReadData"/>.</summary>
    internal SwdAck Begin(SwdRequest request, ulong now)
    {
        Settle(now);
        // Never WAIT nor FAULT (chapter B4, the WAIT and FAULT responses).
        bool always = !request.Ap && (request.Address == 0 || request.Address == 4 && request.Read);
        if (always)
        {
            if (_writePending) Abandon();
        }
        else
        {
            if (Faults.TakeFault() || (_control & Sticky) != 0) return Refuse(request, SwdAck.Fault);
            if (Faults.TakeWait(now) || Busy(request, now)) return Refuse(request, SwdAck.Wait);
        }
        if (request.Read)
        {
            ReadData = request.Ap ? ReadAp(request.Address, now) : ReadDp(request.Address, now);
            if (request.Ap || request.Address == 12)
            {
                _control |= ReadOk;
                _sent = ReadData;
            }
        }
        return SwdAck.Ok;
    }

    /// <summary>The data phase of an accepted write.</summary>
    internal void Write(SwdRequest request, uint data, bool parityRight, ulong now)
    {
        if (!parityRight) _control |= WdataErr;
        else if (request.Ap) PostWrite(request.Address, data);
        else WriteDp(request.Address, data, now);
    }

    /// <summary>TARGETSEL matches this port (chapter B2, TARGETSEL).</summary>
    internal bool IsSelectedBy(uint targetSel) => targetSel == (TargetId & 0x0FFFFFFF | (uint)Instance << 28);

    internal SwdRegister Name(SwdRequest request)
    {
        if (request.Ap)
        {
            int register = RegisterOf(request.Address);
            if (Version >= 3) register = register is >= 0xD00 and < 0xE00 ? register & 0xFF : 0x20;
            return register switch
            {
                0x00 => SwdRegister.Csw, 0x04 => SwdRegister.Tar, 0x0C => SwdRegister.Drw,
                0x10 => SwdRegister.Bd0, 0x14 => SwdRegister.Bd1, 0x18 => SwdRegister.Bd2, 0x1C => SwdRegister.Bd3,
                0xF4 => SwdRegister.Cfg, 0xF8 => SwdRegister.Base, 0xFC => SwdRegister.Idr, _ => SwdRegister.ApReserved,
            };
        }
        return request.Address switch
        {
            0 => !request.Read ? SwdRegister.Abort : Version >= 3 && (_select & 0xF) != 0 ? SwdRegister.DpReserved : SwdRegister.Dpidr,
            4 => (_select & 0xF) switch
            {
                0 => SwdRegister.CtrlStat, 1 => SwdRegister.Dlcr,
                2 when Version >= 2 => SwdRegister.TargetId, 3 when Version >= 2 => SwdRegister.Dlpidr, 4 when Version >= 2 => SwdRegister.EventStat,
                _ => SwdRegister.DpReserved,
            },
            8 => request.Read ? SwdRegister.Resend : SwdRegister.Select,
            _ => request.Read ? SwdRegister.Rdbuff : Version >= 2 ? SwdRegister.TargetSel : SwdRegister.DpReserved,
        };
    }

    internal uint? MemoryOf(SwdRequest request)
    {
        int register = RegisterOf(request.Address);
        return request.Ap && Selected is { } ap && ap.IsMemory(register) ? ap.AddressOf(register) : null;
    }

    private ApBlock? Selected => Version >= 3 ? Addressed.GetValueOrDefault(_select & ~0xFFFu) : ApSel < accessPorts.Length ? accessPorts[ApSel] : null;

    private int RegisterOf(int address) => (int)(_select & (Version >= 3 ? 0xFF0u : 0xF0u)) | address;

    private bool Busy(SwdRequest request, ulong now)
    {
        if (_writePending) return true;
        if (now < _busyUntil) return !(WriteBuffer && request.Ap && !request.Read);
        // After DAPABORT the bus may still be held by the aborted access.
        return request.Ap && Selected is { } ap && now < ap.ReadyAt && ap.IsMemory(RegisterOf(request.Address));
    }

    private void Abandon()
    {
        _writePending = false;
        _control |= WdataErr;
    }

    private SwdAck Refuse(SwdRequest request, SwdAck ack)
    {
        if (DataPhaseAlways) _control |= StickyOrun;
        if (request.Read && (request.Ap || request.Address == 12)) _control &= ~ReadOk;
        return ack;
    }

    /// <summary>An access that is complete by now takes effect: its error becomes sticky.</summary>
    private void Settle(ulong now)
    {
        if (!_failed || now < _busyUntil) return;
        _failed = false;
        _control |= StickyErr;
    }

    private uint ReadDp(int address, ulong now)
    {
        switch (address)
        {
            case 0: return Version < 3 ? dpidr : (_select & 0xF) switch { 0 => dpidr, 1 => Dpidr1, 2 => BasePointer, _ => 0 };
            case 8: return _sent;
            case 12: return _fetched;
        }
        uint bank = _select & 0xF;
        if (bank == 0) return ControlStatus(now);
        if (bank == 1) return _dlcr | 1 << 6;
        if (Version < 2) return 0;
        return bank switch
        {
            2 => TargetId,
            3 => (uint)Instance << 28 | 1,      // PROTVSN 1: SWD version 2
            4 => 1,                             // EVENTSTAT.EA: no event
            _ => 0,
        };
    }

    private void WriteDp(int address, uint data, ulong now)
    {
        switch (address)
        {
            case 0: Abort(data, now); break;
            case 4 when (_select & 0xF) == 0: WriteControl(data, now); break;
            case 4 when (_select & 0xF) == 1: _dlcr = data & 0x300; break;
            case 8: _select = data; break;
        }
    }

    private void Abort(uint data, ulong now)
    {
        if ((data & 1) != 0)
        {
            _failed = false;
            if (_busyUntil > now) _busyUntil = now;
        }
        // STKCMPCLR, STKERRCLR, WDERRCLR, ORUNERRCLR
        if ((data & 1 << 1) != 0) _control &= ~StickyCmp;
        if ((data & 1 << 2) != 0) _control &= ~StickyErr;
        if ((data & 1 << 3) != 0) _control &= ~WdataErr;
        if ((data & 1 << 4) != 0) _control &= ~StickyOrun;
    }

    private void WriteControl(uint data, ulong now)
    {
        if ((data & TrnMode) != 0) throw new BenchStop("SW-DP: CTRL/STAT.TRNMODE selects pushed operations, which are not modelled");
        if ((data & TrnCnt) != 0) throw new BenchStop("SW-DP: CTRL/STAT.TRNCNT starts the transaction counter, which is not modelled");
        uint risen = data & ~_control & PowerRequests;
        ulong up = PowerUpDelay > ulong.MaxValue - now ? ulong.MaxValue : now + PowerUpDelay;
        if ((risen >> DebugRequest & 1) != 0)
        {
            _debugUpAt = up;
            DebugPowerRequested?.Invoke();
        }
        if ((risen >> SystemRequest & 1) != 0) _systemUpAt = up;
        // CDBGRSTREQ (bit 26) has no effect in an STM32: it is not acknowledged.
        const uint Writable = OrunDetect | MaskLane | PowerRequests | 1u << 26;
        _control = _control & ~Writable | data & Writable;
    }

    private uint ReadAp(int address, ulong now)
    {
        uint previous = _fetched;
        Access(Selected, RegisterOf(address), write: false, 0, now);
        return previous;
    }

    private void PostWrite(int address, uint data)
    {
        (_writeAp, _writeRegister, _writeValue) = (Selected, RegisterOf(address), data);
        (_writePending, _writeClocks) = (true, WriteClocks);
    }

    private void Access(ApBlock? ap, int register, bool write, uint value, ulong now)
    {
        bool good = true;
        if ((ControlStatus(now) & 2u << DebugRequest) == 0 && ap is not { IsAlwaysOn: true }) good = false;
        else if (ap is null) value = 0;
        else
        {
            if (ap.IsMemory(register) && Faults.TakeBusError()) good = false;
            else good = write ? ap.Write(register, value, now) : ap.Read(register, now, out value);
            _busyUntil = ap.IsMemory(register) ? ap.ReadyAt : now;
        }
        if (good && !write) _fetched = value;
        if (good) return;
        _failed = true;
        Settle(now);
    }
}
