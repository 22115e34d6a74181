using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>The system control block: DDI0403 B3.2, DDI0489 3.2 for the M7's values, DDI0419 B3.2 for ARMv6-M.</summary>
public sealed class SystemControlBlock
{
    private const uint AircrKey = 0x05FA, AircrKeyRead = 0xFA05;

    // SHCSR active and pended bits with the exception each belongs to (B3.2.13).
    private static readonly (int Bit, int Number)[] ActiveBits =
    [
        (0, ExceptionNumber.MemManage), (1, ExceptionNumber.BusFault), (3, ExceptionNumber.UsageFault), (7, ExceptionNumber.SvCall),
        (8, ExceptionNumber.DebugMonitor), (10, ExceptionNumber.PendSv), (11, ExceptionNumber.SysTick),
    ];
    private static readonly (int Bit, int Number)[] PendedBits =
    [
        (12, ExceptionNumber.UsageFault), (13, ExceptionNumber.MemManage), (14, ExceptionNumber.BusFault), (15, ExceptionNumber.SvCall),
    ];
    private static readonly (int Bit, int Number)[] EnableBits =
    [
        (16, ExceptionNumber.MemManage), (17, ExceptionNumber.BusFault), (18, ExceptionNumber.UsageFault),
    ];

    private readonly CoreFeatures _features;
    private readonly Nvic _nvic;
    private readonly Func<int> _activeNow;
    private uint _scr;

    /// <param name="features">The part's choices.</param>
    /// <param name="nvic">Exception states behind ICSR and SHCSR.</param>
    /// <param name="ipsr">The exception number that runs now.</param>
    public SystemControlBlock(CoreFeatures features, Nvic nvic, Func<int> ipsr)
    {
        (_features, _nvic, _activeNow) = (features, nvic, ipsr);
        Reset();
    }

    /// <summary>Raised by AIRCR.SYSRESETREQ: the reset controller resets the system.</summary>
    public Action? ResetRequested { get; set; }

    /// <summary>AIRCR.VECTRESET; false where it is unpredictable.</summary>
    public Func<bool>? LocalReset { get; set; }

    /// <summary>Raised when CCR changed: caches on or off, traps.</summary>
    public Action? ConfigurationChanged { get; set; }

    public uint Vtor { get; set; }
    public uint Ccr { get; private set; }
    public FaultStatus Cfsr { get; set; }
    public uint Hfsr { get; set; }
    public uint Dfsr { get; set; }
    public uint Mmfar { get; set; }
    public uint Bfar { get; set; }

    public bool SleepOnExit => (_scr & 2) != 0;
    public bool SleepDeep => (_scr & 4) != 0;
    public bool SevOnPend => (_scr & 16) != 0;
    public bool NonBaseThreadEnabled => (Ccr & 1) != 0;
    public bool UserSetsPending => (Ccr & 2) != 0;
    public bool UnalignedTrap => (Ccr & 8) != 0;
    public bool DivideByZeroTrap => (Ccr & 16) != 0;
    public bool IgnoresBusFaults => (Ccr & 0x100) != 0;
    public bool StackAlign => (Ccr & 0x200) != 0;
    public bool DataCacheOn => (Ccr & 1u << 16) != 0;
    public bool InstructionCacheOn => (Ccr & 1u << 17) != 0;

    public void Reset()
    {
        (_scr, Vtor, Cfsr, Hfsr, Mmfar, Bfar) = (0, 0, 0, 0, 0, 0);     // DFSR is the debugger's: power-on resets it (C1.6.1)
        Ccr = _features.IsV6M ? 0x208u : _features.IsM7 ? 0x0004_0200u : 0x200u;
        ConfigurationChanged?.Invoke();
    }

    public IEnumerable<Register> Registers()
    {
        yield return ReadOnly("CPUID", 0xD00, () => _features.CpuId);
        yield return new() { Name = "ICSR", Offset = 0xD04, OnRead = ReadIcsr, OnWrite = (_, v) => WriteIcsr(v) };
        uint vtorMask = _features.IsV6M ? 0xFFFF_FF00 : 0xFFFF_FF80;
        yield return new() { Name = "VTOR", Offset = 0xD08, OnRead = () => Vtor, OnWrite = (_, v) => Vtor = v & vtorMask };
        yield return new() { Name = "AIRCR", Offset = 0xD0C, OnRead = () => AircrKeyRead << 16 | (uint)_nvic.PriorityGrouping << 8, OnWrite = (_, v) => WriteAircr(v) };
        yield return new() { Name = "SCR", Offset = 0xD10, OnRead = () => _scr, OnWrite = (_, v) => _scr = v & 0x16 };
        yield return new() { Name = "CCR", Offset = 0xD14, OnRead = () => Ccr, OnWrite = (_, v) => WriteCcr(v) };
        int widths = _features.IsV6M ? 4 : 7;
        yield return NvicRegisters.Priorities(_nvic, "SHPR2", 0xD1C, 8, 4, widths, 0xFF00_0000);
        yield return NvicRegisters.Priorities(_nvic, "SHPR3", 0xD20, 12, 4, widths, _features.IsV6M ? 0xFFFF_0000 : 0xFFFF_00FF);
        yield return new() { Name = "SHCSR", Offset = 0xD24, OnRead = ReadShcsr, OnWrite = (_, v) => WriteShcsr(v) };
        yield return new() { Name = "DFSR", Offset = 0xD30, OnRead = () => Dfsr, WriteMask = 0, OnWrite = (_, v) => Dfsr &= ~v };
        if (_features.IsV6M) yield break;

        yield return new() { Name = "ACTLR", Offset = 0x008, WriteMask = _features.IsM7 ? 0x1FFF_FC04u : 0x307u };
        yield return NvicRegisters.Priorities(_nvic, "SHPR1", 0xD18, 4, 4, 7, 0x00FF_FFFF);
        // Value stays 0, so that a byte or halfword write clears only what it writes as one.
        yield return new() { Name = "CFSR", Offset = 0xD28, Widths = 7, WriteMask = 0, OnRead = () => (uint)Cfsr, OnWrite = (_, v) => Cfsr &= ~(FaultStatus)v };
        yield return new() { Name = "HFSR", Offset = 0xD2C, WriteMask = 0, OnRead = () => Hfsr, OnWrite = (_, v) => Hfsr &= ~v };
        yield return new() { Name = "MMFAR", Offset = 0xD34, OnRead = () => Mmfar, OnWrite = (_, v) => Mmfar = v };
        yield return new() { Name = "BFAR", Offset = 0xD38, OnRead = () => Bfar, OnWrite = (_, v) => Bfar = v };
        yield return new() { Name = "AFSR", Offset = 0xD3C, WriteMask = 0 };
        for (int i = 0; i < _features.Identification.Length; i++)
        {
            uint value = _features.Identification[i];
            yield return ReadOnly($"ID register {i} (ID_PFR0 to ID_ISAR4)", 0xD40 + (uint)i * 4, () => value);
        }
        yield return new() { Name = "STIR", Offset = 0xF00, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Trigger((int)(v & 0x1FF)) };
    }

    private static Register ReadOnly(string name, uint offset, Func<uint> read) => new() { Name = name, Offset = offset, OnRead = read, WriteMask = 0 };

    private void Trigger(int irq)
    {
        if (irq < _nvic.InterruptLines) _nvic.Pend(ExceptionNumber.Interrupt0 + irq);
    }

    private uint ReadIcsr()
    {
        int ipsr = _activeNow();
        uint value = (uint)ipsr | (uint)_nvic.VectPending << 12;
        if (_nvic.IsPending(ExceptionNumber.Nmi)) value |= 1u << 31;
        if (_nvic.IsPending(ExceptionNumber.PendSv)) value |= 1u << 28;
        if (_nvic.IsPending(ExceptionNumber.SysTick)) value |= 1u << 26;
        if (_nvic.AnyInterruptPending) value |= 1u << 22;
        int others = _nvic.ActiveCount - (ipsr != 0 && _nvic.IsActive(ipsr) ? 1 : 0);
        if (!_features.IsV6M && others == 0) value |= 1u << 11;     // RETTOBASE
        return value;
    }

    private void WriteIcsr(uint value)
    {
        if ((value & 1u << 31) != 0) _nvic.Pend(ExceptionNumber.Nmi);
        if ((value & 1u << 28) != 0) _nvic.Pend(ExceptionNumber.PendSv);
        else if ((value & 1u << 27) != 0) _nvic.Unpend(ExceptionNumber.PendSv);
        if ((value & 1u << 26) != 0) _nvic.Pend(ExceptionNumber.SysTick);
        else if ((value & 1u << 25) != 0) _nvic.Unpend(ExceptionNumber.SysTick);
    }

    private void WriteAircr(uint value)
    {
        if (value >> 16 != AircrKey) return;
        if ((value & 1) != 0 && !_features.IsV6M)
        {
            if (LocalReset?.Invoke() == true) return;
            throw new BenchStop("AIRCR.VECTRESET written outside Debug state, which is unpredictable (DDI0403 B3.2.6)");
        }
        if ((value & 2) != 0) _nvic.ClearActive();
        if (!_features.IsV6M) _nvic.PriorityGrouping = (int)(value >> 8 & 7);
        if ((value & 4) != 0) ResetRequested?.Invoke();
    }

    private void WriteCcr(uint value)
    {
        if (_features.IsV6M) return;
        const uint Common = 0x11B, Caches = 3 << 16, StkAlign = 1 << 9;
        uint writable = _features.IsM7 ? Common | Caches : Common | StkAlign;
        Ccr = Ccr & ~writable | value & writable;
        ConfigurationChanged?.Invoke();
    }

    private uint ReadShcsr()
    {
        uint value = 0;
        foreach (var (bit, number) in ActiveBits) if (_nvic.IsActive(number)) value |= 1u << bit;
        foreach (var (bit, number) in PendedBits) if (_nvic.IsPending(number)) value |= 1u << bit;
        foreach (var (bit, number) in EnableBits) if (_nvic.IsEnabled(number)) value |= 1u << bit;
        return _features.IsV6M ? value & 1u << 15 : value;
    }

    private void WriteShcsr(uint value)
    {
        if (_features.IsV6M) return;    // accessible to the debugger only
        foreach (var (bit, number) in ActiveBits) _nvic.SetActive(number, (value >> bit & 1) != 0);
        foreach (var (bit, number) in PendedBits)
            if ((value >> bit & 1) != 0) _nvic.Pend(number); else _nvic.Unpend(number);
        foreach (var (bit, number) in EnableBits) _nvic.Enable(number, (value >> bit & 1) != 0);
    }
}
