using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>Coprocessor access and the floating-point context registers (DDI0403 B3.2.20 to B3.2.24).</summary>
public sealed class FpuControl
{
    private const uint Aspen = 1u << 31, Lspen = 1u << 30;
    private const uint MonRdy = 1 << 8, BfRdy = 1 << 6, MmRdy = 1 << 5, HfRdy = 1 << 4, Thread = 1 << 3, User = 1 << 1, LspAct = 1;

    private readonly CoreFeatures _features;
    private uint _cpacr;

    public FpuControl(CoreFeatures features)
    {
        _features = features;
        Reset();
    }

    /// <summary>Raised when CPACR changed.</summary>
    public Action? AccessChanged { get; set; }

    public uint Fpccr { get; set; }
    /// <summary>Where the space reserved for S0 to S15 begins.</summary>
    public uint Fpcar { get; set; }
    /// <summary>AHP, DN, FZ and RMode that a new floating-point context starts with.</summary>
    public uint Fpdscr { get; private set; }

    /// <summary>The first floating-point instruction of a context sets CONTROL.FPCA.</summary>
    public bool AutomaticState => (Fpccr & Aspen) != 0;
    public bool LazyState => (Fpccr & Lspen) != 0;
    /// <summary>A stack frame waits for its floating-point registers.</summary>
    public bool LazyPending { get => (Fpccr & LspAct) != 0; set => Fpccr = value ? Fpccr | LspAct : Fpccr & ~LspAct; }
    public bool ReservedByUser => (Fpccr & User) != 0;
    public bool ReservedInThread => (Fpccr & Thread) != 0;
    public bool HardFaultReady => (Fpccr & HfRdy) != 0;
    public bool BusFaultReady => (Fpccr & BfRdy) != 0;
    public bool MemManageReady => (Fpccr & MmRdy) != 0;

    public void Reset()
    {
        (_cpacr, Fpcar, Fpdscr) = (0, 0, 0);
        Fpccr = _features.HasFpu ? Aspen | Lspen : 0;
        AccessChanged?.Invoke();
    }

    /// <summary>True when CPACR lets code at this privilege use the FPU; otherwise it faults with NOCP.</summary>
    public bool Allows(bool privileged)
    {
        return _features.HasFpu && Grants(10, privileged);
    }

    /// <summary>The same of any coprocessor.</summary>
    public bool Grants(int coprocessor, bool privileged)
    {
        uint access = _cpacr >> 2 * coprocessor & 3;
        return access == 3 || access == 1 && privileged;
    }

    /// <summary>Remembers what entry pushed for: the state that a later lazy save runs with (UpdateFPCCR of DDI0403 B1.5.7).</summary>
    public void Reserve(uint address, bool privileged, bool thread, (bool HardFault, bool BusFault, bool MemManage, bool Monitor) ready)
    {
        Fpcar = address & ~7u;
        uint value = Fpccr & (Aspen | Lspen) | LspAct;
        if (!privileged) value |= User;
        if (thread) value |= Thread;
        if (ready.HardFault) value |= HfRdy;
        if (ready.BusFault) value |= BfRdy;
        if (ready.MemManage) value |= MmRdy;
        if (ready.Monitor) value |= MonRdy;
        Fpccr = value;
    }

    public IEnumerable<Register> Registers()
    {
        if (_features.IsV6M) yield break;
        yield return new() { Name = "CPACR", Offset = 0xD88, OnRead = () => _cpacr, OnWrite = (_, v) => WriteCpacr(v) };
        if (!_features.HasFpu) yield break;
        yield return new() { Name = "FPCCR", Offset = 0xF34, OnRead = () => Fpccr, OnWrite = (_, v) => Fpccr = v & 0xC000_017B };
        yield return new() { Name = "FPCAR", Offset = 0xF38, OnRead = () => Fpcar, OnWrite = (_, v) => Fpcar = v & ~7u };
        yield return new() { Name = "FPDSCR", Offset = 0xF3C, OnRead = () => Fpdscr, OnWrite = (_, v) => Fpdscr = v & 0x07C0_0000 };
        for (int i = 0; i < _features.MediaFeatures.Length; i++)
            yield return new() { Name = $"MVFR{i}", Offset = 0xF40 + (uint)i * 4, Reset = _features.MediaFeatures[i], WriteMask = 0 };
    }

    private void WriteCpacr(uint value)
    {
        if (!_features.HasFpu) return;      // no coprocessor: reads as zero
        if ((value >> 20 & 3) != (value >> 22 & 3)) throw new BenchStop("CPACR gives CP10 and CP11 different rights, which is unpredictable (DDI0403 B3.2.20)");
        _cpacr = value & (0x00F0_0000 | _features.Coprocessors);
        AccessChanged?.Invoke();
    }
}
