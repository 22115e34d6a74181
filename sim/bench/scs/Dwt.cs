using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// Data watchpoint and trace unit (DDI0403 C1.8, DDI0419 C1.8). CYCCNT follows the time base. Trace packets go to the ITM: sampled PCs, exceptions, accesses that a comparator
/// matches. The profiling counters read zero, and packets of theirs stop the bench.
/// </summary>
public sealed class Dwt : CoreSightBlock
{
    private const uint CycCntEna = 1, PcSampleEna = 1 << 12, ExcTrcEna = 1 << 16, CycTap = 1 << 9, Unmodelled = 0x007E_0000;
    private const int ExceptionPacket = 1, PcPacket = 2, OfComparator = 8, OfData = 16;

    private readonly TimeBase _time;
    private readonly DwtComparator[] _comparators;
    private readonly Func<bool> _traceEnabled;
    private readonly Func<uint> _programCounter;
    private readonly uint _identification;
    private TimeBase.Event? _sample, _sync;
    private uint _control, _count;
    private ulong _countedFrom;
    private bool _watches;

    /// <param name="features">Number of comparators; ARMv6-M has no cycle counter.</param>
    /// <param name="time">Core cycles.</param>
    /// <param name="traceEnabled">DEMCR.TRCENA.</param>
    /// <param name="programCounter">What DWT_PCSR samples.</param>
    public Dwt(CoreFeatures features, TimeBase time, Func<bool> traceEnabled, Func<uint> programCounter)
        : base("DWT", features.ComponentParts[1], 0xE0, features.IsM7)
    {
        (_time, _traceEnabled, _programCounter) = (time, traceEnabled, programCounter);
        _identification = (uint)features.DwtComparators << 28;
        _comparators = new DwtComparator[features.DwtComparators];
        Add(new() { Name = "DWT_CTRL", Offset = 0, OnRead = () => _identification | _control, OnWrite = (_, v) => WriteControl(v, features.IsV6M) });
        Add(new() { Name = "DWT_PCSR", Offset = 0x1C, WriteMask = 0, OnRead = programCounter });
        for (int i = 0; i < _comparators.Length; i++) AddComparator(i, features.IsV6M);
        if (features.IsV6M) return;
        Add(new() { Name = "DWT_CYCCNT", Offset = 4, OnRead = () => CycleCount, OnWrite = (_, v) => { (_count, _countedFrom) = (v, _time.Cycles); Follow(); } });
        string[] profiling = ["DWT_CPICNT", "DWT_EXCCNT", "DWT_SLEEPCNT", "DWT_LSUCNT", "DWT_FOLDCNT"];
        for (int i = 0; i < profiling.Length; i++) Add(new() { Name = profiling[i], Offset = 8 + (uint)i * 4, WriteMask = 0, OnWrite = (_, _) => { } });
    }

    /// <summary>Raised when a comparator changed: direct pointers and decoded instructions may be void.</summary>
    public Action? ComparatorsChanged { get; set; }

    /// <summary>Takes packets: discriminator, value, bytes.</summary>
    internal Action<int, uint, int>? Packet { get; set; }

    /// <summary>Told at each tap of DWT_CTRL.SYNCTAP.</summary>
    internal Action? SyncTapped { get; set; }

    /// <summary>The core sleeps: samples have no PC then.</summary>
    internal Func<bool>? Asleep { get; set; }

    /// <summary>The core is in Debug state: the cycle counter stands still.</summary>
    public bool Paused
    {
        get;
        set
        {
            (_count, _countedFrom) = (CycleCount, _time.Cycles);
            field = value;
            Follow();
        }
    }

    /// <summary>DWT_CTRL.EXCTRCENA: an exception was entered (1), left (2) or returned to (3) (D4.3.2).</summary>
    internal void Exception(int number, int what)
    {
        if ((_control & ExcTrcEna) != 0 && _traceEnabled()) Packet?.Invoke(ExceptionPacket, (uint)(number & 0x1FF | what << 12), 2);
    }

    private bool Counting => (_control & CycCntEna) != 0 && !Paused && _traceEnabled();

    /// <summary>DWT_CYCCNT.</summary>
    public uint CycleCount => Counting ? _count + (uint)(_time.Cycles - _countedFrom) : _count;

    /// <summary>To be called around a change of DEMCR.TRCENA, with the state that ends: counts what was counted and starts anew.</summary>
    public void TraceEnableChanges(bool wasEnabled)
    {
        if (wasEnabled && !Paused && (_control & CycCntEna) != 0) _count += (uint)(_time.Cycles - _countedFrom);
        _countedFrom = _time.Cycles;
        Follow();
    }

    public override void Reset()
    {
        base.Reset();
        _sample?.Cancel();
        _sync?.Cancel();
        Array.Clear(_comparators);
        (_control, _count, _watches) = (0, 0, false);
        ComparatorsChanged?.Invoke();
    }

    /// <summary>Any data comparator is on.</summary>
    public bool WatchesData => _watches && _traceEnabled();

    /// <summary>True when a data comparator watches inside the aligned block of 2^<paramref name="bits"/> bytes at an address.</summary>
    public bool Watches(uint address, int bits)
    {
        if (!WatchesData) return false;
        foreach (var c in _comparators)
            if ((c.WatchesData || c.Traces) && c.Overlaps(address, 1u << bits)) return true;
        return false;
    }

    /// <summary>Compares one data access; true when it is a watchpoint debug event.</summary>
    public bool Match(uint address, int width, bool write, uint value)
    {
        bool hit = false;
        for (int i = 0; i < _comparators.Length; i++)
        {
            ref var c = ref _comparators[i];
            if (!(c.WatchesData || c.Traces) || !c.Accepts(write)) continue;
            bool match = c.ComparesValue ? MatchesValue(c, address, width, value) : c.Overlaps(address, (uint)width) && !IsLinked(i);
            if (!match) continue;
            c.Matched = true;
            if (c.Traces) Trace(i, c, address, width, write, value);
            else hit = true;
        }
        return hit;
    }

    /// <summary>Data trace packets (D4.3.4): PC or address first, then the value.</summary>
    private void Trace(int i, in DwtComparator c, uint address, int width, bool write, uint value)
    {
        if (c.TracesPc) Packet?.Invoke(OfComparator + i * 2, _programCounter(), 4);
        if (c.TracesAddress) Packet?.Invoke(OfComparator + i * 2 + 1, address & 0xFFFF, 2);
        if (c.TracesData) Packet?.Invoke(OfData + i * 2 + (write ? 1 : 0), value, width);
    }

    /// <summary>Sets the next PC sample and the next synchronisation from CYCCNT as it is now: both come when their tap of it turns (C1.8.7).</summary>
    private void Follow()
    {
        _sample?.Cancel();
        _sync?.Cancel();
        (_sample, _sync) = (null, null);
        if (!Counting) return;
        if ((_control & PcSampleEna) != 0)
        {
            uint period = ((_control & CycTap) != 0 ? 1024u : 64) * ((_control >> 1 & 15) + 1);
            _sample = Next(period, () => { SamplePc(); Follow(); });
        }
        int tap = (int)(_control >> 10 & 3);
        if (tap != 0) _sync = Next(1u << 22 + 2 * tap, () => { SyncTapped?.Invoke(); Follow(); });
    }

    private TimeBase.Event Next(uint period, Action action) => _time.At(_time.TimeAt(_time.Cycles + (period - CycleCount % period)), action);

    private void SamplePc()
    {
        if (Asleep?.Invoke() == true) Packet?.Invoke(PcPacket, 0, 1);
        else Packet?.Invoke(PcPacket, _programCounter(), 4);
    }

    /// <summary>True when a comparator of function 4 breaks at an instruction address.</summary>
    public bool Breaks(uint address)
    {
        if (!_traceEnabled()) return false;
        foreach (var c in _comparators)
            if (c.Function == DwtComparator.InstructionAddress && c.Overlaps(address, 1)) return true;
        return false;
    }

    private bool MatchesValue(in DwtComparator c, uint address, int width, uint value)
    {
        if (width != c.ValueWidth) return false;
        uint mask = width == 4 ? uint.MaxValue : (1u << width * 8) - 1;
        if (((value ^ c.Comparand) & mask) != 0) return false;
        return _comparators[c.LinkedAddress].Overlaps(address, (uint)width);
    }

    /// <summary>An address comparator that only serves another's value comparison.</summary>
    private bool IsLinked(int index)
    {
        foreach (var c in _comparators)
            if (c.ComparesValue && c.WatchesData && c.LinkedAddress == index) return true;
        return false;
    }

    private void AddComparator(int i, bool v6M)
    {
        uint offset = 0x20 + (uint)i * 16;
        Add(new() { Name = $"DWT_COMP{i}", Offset = offset, OnRead = () => _comparators[i].Comparand, OnWrite = (_, v) => { _comparators[i].Comparand = v; ComparatorsChanged?.Invoke(); } });
        Add(new() { Name = $"DWT_MASK{i}", Offset = offset + 4, OnRead = () => _comparators[i].MaskBits, OnWrite = (_, v) => { _comparators[i].MaskBits = v & 31; ComparatorsChanged?.Invoke(); } });
        Add(new() { Name = $"DWT_FUNCTION{i}", Offset = offset + 8, OnRead = () => ReadFunction(i), OnWrite = (_, v) => WriteFunction(i, v, v6M) });
    }

    private uint ReadFunction(int i)
    {
        ref var c = ref _comparators[i];
        uint value = c.Settings | (c.Matched ? 1u << 24 : 0) | (i == 1 ? 1u << 9 : 0);
        c.Matched = false;
        return value;
    }

    private void WriteFunction(int i, uint value, bool v6M)
    {
        uint function = value & 15;
        if (function is > 7 and < 12 || (value & 0x80) != 0 || v6M && function is not (0 or 4 or 5 or 6 or 7))
            throw new BenchStop($"DWT_FUNCTION{i} = 0x{value:X}: FUNCTION 8 to 11 and cycle match are not modelled");
        if (!v6M && (value & 0x100) != 0 && i != 1) throw new BenchStop($"DWT_FUNCTION{i}.DATAVMATCH: only comparator 1 compares values on these cores");
        _comparators[i].Settings = value & 0x000F_FD2F;
        _comparators[i].Matched = false;
        _watches = _comparators.Any(c => c.WatchesData || c.Traces);
        ComparatorsChanged?.Invoke();
    }

    private void WriteControl(uint value, bool v6M)
    {
        if (v6M) return;
        if ((value & Unmodelled) != 0) throw new BenchStop($"DWT_CTRL = 0x{value:X8} asks for packets of the profiling counters (bits 17 to 22), which are not modelled");
        bool counted = Counting;
        if (counted) _count = CycleCount;
        _countedFrom = _time.Cycles;
        _control = value & 0x0001_1FFF;
        Follow();
    }

    /// <summary>Ignored by locked blocks; stops the bench while DEMCR.TRCENA is clear, when the manual calls accesses unpredictable (C1.6.5).</summary>
    public override void WriteBySoftware(uint offset, uint value, int width)
    {
        if (!_traceEnabled() && offset != 0xFB0) throw new BenchStop($"DWT offset 0x{offset:X} written while DEMCR.TRCENA is clear, which is unpredictable (DDI0403 C1.6.5)");
        base.WriteBySoftware(offset, value, width);
    }
}
