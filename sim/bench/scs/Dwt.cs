using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// Data watchpoint and trace unit (DDI0403 C1.8, DDI0419 C1.8). CYCCNT follows the time base. The profiling counters read zero, and what would send trace
/// packets stops the bench: no trace port is modelled behind it.
/// </summary>
public sealed class Dwt : CoreSightBlock
{
    private const uint CycCntEna = 1, TraceBits = 0x007F_1000;

    private readonly TimeBase _time;
    private readonly DwtComparator[] _comparators;
    private readonly Func<bool> _traceEnabled;
    private readonly uint _identification;
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
        (_time, _traceEnabled) = (time, traceEnabled);
        _identification = (uint)features.DwtComparators << 28;
        _comparators = new DwtComparator[features.DwtComparators];
        Add(new() { Name = "DWT_CTRL", Offset = 0, OnRead = () => _identification | _control, OnWrite = (_, v) => WriteControl(v, features.IsV6M) });
        Add(new() { Name = "DWT_PCSR", Offset = 0x1C, WriteMask = 0, OnRead = programCounter });
        for (int i = 0; i < _comparators.Length; i++) AddComparator(i, features.IsV6M);
        if (features.IsV6M) return;
        Add(new() { Name = "DWT_CYCCNT", Offset = 4, OnRead = () => CycleCount, OnWrite = (_, v) => (_count, _countedFrom) = (v, _time.Cycles) });
        string[] profiling = ["DWT_CPICNT", "DWT_EXCCNT", "DWT_SLEEPCNT", "DWT_LSUCNT", "DWT_FOLDCNT"];
        for (int i = 0; i < profiling.Length; i++) Add(new() { Name = profiling[i], Offset = 8 + (uint)i * 4, WriteMask = 0, OnWrite = (_, _) => { } });
    }

    /// <summary>Raised when a comparator changed: direct pointers and decoded instructions may be void.</summary>
    public Action? ComparatorsChanged { get; set; }

    /// <summary>The core is in Debug state: the cycle counter stands still.</summary>
    public bool Paused
    {
        get;
        set
        {
            (_count, _countedFrom) = (CycleCount, _time.Cycles);
            field = value;
        }
    }

    private bool Counting => (_control & CycCntEna) != 0 && !Paused && _traceEnabled();

    /// <summary>DWT_CYCCNT.</summary>
    public uint CycleCount => Counting ? _count + (uint)(_time.Cycles - _countedFrom) : _count;

    /// <summary>To be called around a change of DEMCR.TRCENA, with the state that ends: counts what was counted and starts anew.</summary>
    public void TraceEnableChanges(bool wasEnabled)
    {
        if (wasEnabled && !Paused && (_control & CycCntEna) != 0) _count += (uint)(_time.Cycles - _countedFrom);
        _countedFrom = _time.Cycles;
    }

    public override void Reset()
    {
        base.Reset();
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
            if (c.WatchesData && c.Overlaps(address, 1u << bits)) return true;
        return false;
    }

    /// <summary>Compares one data access; true when it is a watchpoint debug event.</summary>
    public bool Match(uint address, int width, bool write, uint value)
    {
        bool hit = false;
        for (int i = 0; i < _comparators.Length; i++)
        {
            ref var c = ref _comparators[i];
            if (!c.WatchesData || !c.Accepts(write)) continue;
            bool match = c.ComparesValue ? MatchesValue(c, address, width, value) : c.Overlaps(address, (uint)width) && !IsLinked(i);
            if (!match) continue;
            c.Matched = hit = true;
        }
        return hit;
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
        if (function is not (0 or 4 or 5 or 6 or 7) || (value & 0xA0) != 0)
            throw new BenchStop($"DWT_FUNCTION{i} = 0x{value:X}: only address and data-value watchpoints (FUNCTION 4 to 7) are modelled, not trace and cycle match");
        if (!v6M && (value & 0x100) != 0 && i != 1) throw new BenchStop($"DWT_FUNCTION{i}.DATAVMATCH: only comparator 1 compares values on these cores");
        _comparators[i].Settings = value & 0x000F_FD0F;
        _comparators[i].Matched = false;
        _watches = _comparators.Any(c => c.WatchesData);
        ComparatorsChanged?.Invoke();
    }

    private void WriteControl(uint value, bool v6M)
    {
        if (v6M) return;
        if ((value & TraceBits) != 0) throw new BenchStop($"DWT_CTRL = 0x{value:X8} asks for trace packets (bits 12, 16 to 22), which are not modelled");
        bool counted = Counting;
        if (counted) _count = CycleCount;
        _countedFrom = _time.Cycles;
        _control = value & 0x0FFF;
    }

    /// <summary>Ignored by locked blocks; stops the bench while DEMCR.TRCENA is clear, when the manual calls accesses unpredictable (C1.6.5).</summary>
    public override void WriteBySoftware(uint offset, uint value, int width)
    {
        if (!_traceEnabled() && offset != 0xFB0) throw new BenchStop($"DWT offset 0x{offset:X} written while DEMCR.TRCENA is clear, which is unpredictable (DDI0403 C1.6.5)");
        base.WriteBySoftware(offset, value, width);
    }
}
