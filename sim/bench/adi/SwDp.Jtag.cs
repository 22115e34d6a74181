namespace SharpProbe.Sim.Adi;

/// <summary>The debug port as its JTAG half sees it (IHI 0031E, chapter B3): no FAULT acknowledge, sticky flags are cleared in CTRL/STAT, access ports ignore what comes while one is set.</summary>
public sealed partial class SwDp
{
    private uint _result;
    private bool _resultIsAp;

    /// <summary>False: the last access is still under way, WAIT.</summary>
    internal bool JtagCapture(ulong now, out uint result)
    {
        Settle(now);
        result = _resultIsAp ? _fetched : _result;
        bool waits = Faults.TakeWait(now) || now < _busyUntil;
        if (waits && DataPhaseAlways) _control |= StickyOrun;
        return !waits;
    }

    internal void JtagUpdate(bool ap, bool read, int address, uint data, uint dpidr, ulong now)
    {
        Settle(now);
        (_result, _resultIsAp) = (0, false);
        if (ap)
        {
            if ((_control & Sticky) != 0) return;
            _resultIsAp = read;
            LogJtag(ap, read, address, data, now);
            Access(Selected, RegisterOf(address), !read, data, now);
            return;
        }
        if (read) _result = address switch { 0 => dpidr, 4 => (_select & 0xF) == 0 ? ReadDp(4, now) & ~(ReadOk | WdataErr) : ReadDp(4, now), _ => 0 };
        else if (address == 4 && (_select & 0xF) == 0)
        {
            _control &= ~(data & (StickyErr | StickyCmp | StickyOrun));
            WriteControl(data, now);
        }
        else if (address != 0) WriteDp(address, data, now);
        LogJtag(ap, read, address, read ? _result : data, now);
    }

    /// <summary>Only DAPABORT: the sticky flags are cleared elsewhere.</summary>
    internal void JtagAbort(uint data, ulong now) => Abort(data & 1, now);

    /// <summary>Where the accesses by JTAG are noted, as those of SWD are: data of an AP read are not known yet.</summary>
    internal SwdLog? JtagLog { get; set; }

    private void LogJtag(bool ap, bool read, int address, uint data, ulong now)
    {
        if (JtagLog is not { Wanted: true } log) return;
        var request = new SwdRequest((byte)(0x81 | (ap ? 2 : 0) | (read ? 4 : 0) | address << 1));
        log.Add(new() { Time = now, End = now, Request = request, Ack = SwdAck.Ok, HasData = !(ap && read), Data = data, Register = Name(request), Ap = ApSel, Memory = MemoryOf(request) });
    }
}
