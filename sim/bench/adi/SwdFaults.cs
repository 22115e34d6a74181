namespace SharpProbe.Sim.Adi;

/// <summary>
/// Faults that a test injects into a debug port. Counts are of accesses from now on, and end by themselves; times are absolute, in femtoseconds.
/// Power and pins are at <see cref="SwdPort.Powered"/> and <see cref="SwdPort.PinsEnabled"/>.
/// </summary>
public sealed class SwdFaults
{
    private int _waits, _faults, _busErrors, _badAcks, _corruptRead, _corruptWrite;
    private ulong _waitUntil;
    private byte _badAck;

    internal ulong SilentUntil { get; private set; }

    /// <summary>The next accesses that may be answered WAIT (not DPIDR, CTRL/STAT and ABORT) are.</summary>
    public void Wait(int accesses) => _waits = accesses;

    /// <summary>All that may be answered WAIT are, until then.</summary>
    public void WaitUntil(ulong time) => _waitUntil = time;

    /// <summary>The next accesses that may be answered FAULT are, though no sticky flag is set.</summary>
    public void Fault(int accesses) => _faults = accesses;

    /// <summary>The next memory accesses end in a bus error: STICKYERR, then FAULT.</summary>
    public void BusError(int accesses) => _busErrors = accesses;

    /// <summary>A bit of the data arrives wrong in the k-th answered read from now; 1 is the next.</summary>
    public void CorruptRead(int k) => _corruptRead = k;

    /// <summary>The target receives a bit wrong in the k-th accepted write from now; 1 is the next. The wire carries the right one: the log differs from what a logic analyser would see.</summary>
    public void CorruptWrite(int k) => _corruptWrite = k;

    /// <summary>The next acknowledges are these three bits (first on the wire in bit 0), without data phase; the port is locked until a line reset afterwards.</summary>
    public void BadAck(int accesses, byte bits) => (_badAcks, _badAck) = (accesses, bits);

    /// <summary>No answer until then, nor afterwards before a line reset. <see cref="ulong.MaxValue"/>: for good.</summary>
    public void Silence(ulong until = ulong.MaxValue) => SilentUntil = until;

    /// <summary>Nothing is injected any more.</summary>
    public void Clear() => (_waits, _faults, _busErrors, _badAcks, _corruptRead, _corruptWrite, _waitUntil, SilentUntil) = (0, 0, 0, 0, 0, 0, 0, 0);

    internal bool TakeWait(ulong now) => now < _waitUntil || Take(ref _waits);
    internal bool TakeFault() => Take(ref _faults);
    internal bool TakeBusError() => Take(ref _busErrors);
    internal bool TakeCorruptRead() => Take(ref _corruptRead) && _corruptRead == 0;
    internal bool TakeCorruptWrite() => Take(ref _corruptWrite) && _corruptWrite == 0;

    internal bool TakeBadAck(out byte bits)
    {
        bits = _badAck;
        return Take(ref _badAcks);
    }

    private static bool Take(ref int count)
    {
        if (count == 0) return false;
        count--;
        return true;
    }
}
