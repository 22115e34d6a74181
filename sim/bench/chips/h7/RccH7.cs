using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// Reset and clock control of STM32H743 and H750 (RM0433 chapter 8). Every clock of the bench derives from it. MCO, clock security and autonomous mode are kept
/// as bits without effect. The C1_ registers at 0x130 are a second view of those at 0xD0.
/// </summary>
public sealed partial class RccH7 : Peripheral
{
    public const ulong HsiFull = 64_000_000, CsiHertz = 4_000_000, Hsi48Hertz = 48_000_000, LsiHertz = 32_000;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    /// <summary>DS12110 6.3.9 and 6.3.10, typical.</summary>
    private const ulong HsiStart = 2 * Microsecond, CsiStart = 2 * Microsecond, Hsi48Start = 2 * Microsecond, LsiStart = 80 * Microsecond, PllLock = 50 * Microsecond;
    private const int Irq = 5;

    private readonly Die _die;
    private readonly ExternalClocks _external;
    private readonly Register _cr, _cfgr, _d1cfgr, _d2cfgr, _d3cfgr, _pllckselr, _pllcfgr, _d1ccipr, _d2ccip2r, _cier, _cifr, _bdcr, _csr, _rsr;
    private readonly Register[] _divr = new Register[3], _fracr = new Register[3];
    private readonly (int On, int Ready, Oscillator Source)[] _inCr;
    private int _source;

    public RccH7(Die die, ExternalClocks external) : base("RCC")
    {
        (_die, _external) = (die, external);
        (Hsi, Csi, Hsi48, Hse, Lsi, Lse) = (Source("HSI"), Source("CSI"), Source("HSI48"), Source("HSE"), Source("LSI"), Source("LSE"));
        for (int i = 0; i < 3; i++) Plls[i] = new(i + 1, Source($"PLL{i + 1}"));
        _inCr = [(0, 2, Hsi), (7, 8, Csi), (12, 13, Hsi48), (16, 17, Hse), (24, 25, Plls[0].Oscillator), (26, 27, Plls[1].Oscillator), (28, 29, Plls[2].Oscillator)];
        _cr = Add(new()
        {
            Name = "CR", Offset = 0x00, Reset = 0x01, ReadMask = 0x3F0F_F3BF, WriteMask = 0x150D_129B, Widths = 7,
            LockMask = 1 << 18, LockedBy = () => Hse.On ? "HSEON = 1" : null, OnRead = ReadCr, OnWrite = (old, _) => WriteCr(old),
        });
        Add(new() { Name = "ICSCR", Offset = 0x04, Reset = 0x4000_0000, ReadMask = 0x7FFF_FFFF, WriteMask = 0x7C03_F000, Widths = 7 });
        Add(new() { Name = "CRRCR", Offset = 0x08, ReadMask = 0x3FF, WriteMask = 0, Widths = 7 });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x10, ReadMask = 0xFFFF_FFFF & ~0x0003_0000u, WriteMask = 0xFFFC_FFC7, Widths = 7, OnRead = () => _cfgr!.Value & ~0x38u | (uint)_source << 3, OnWrite = (_, _) => Switch() });
        _d1cfgr = Divider("D1CFGR", 0x18, 0xF7F);
        _d2cfgr = Divider("D2CFGR", 0x1C, 0x770);
        _d3cfgr = Divider("D3CFGR", 0x20, 0x70);
        string? anyPll() => Plls.Any(p => p.Oscillator.On) ? "a PLL is on" : null;
        _pllckselr = Add(new() { Name = "PLLCKSELR", Offset = 0x28, Reset = 0x0202_0200, ReadMask = 0x03F3_F3F3, WriteMask = 0x03F3_F3F3, Widths = 7, LockMask = 3, LockedBy = anyPll, OnWrite = (old, _) => CheckDivm(old) });
        _pllcfgr = Add(new() { Name = "PLLCFGR", Offset = 0x2C, Reset = 0x01FF_0000, ReadMask = 0x01FF_0FFF, WriteMask = 0x01FF_0FFF, Widths = 7, OnWrite = (old, _) => CheckPllcfgr(old) });
        for (uint i = 0; i < 3; i++)
        {
            var pll = Plls[i];
            _divr[i] = Add(new()
            {
                Name = $"PLL{i + 1}DIVR", Offset = 0x30 + 8 * i, Reset = 0x0101_0280, ReadMask = 0x7F7F_FFFF, WriteMask = 0x7F7F_FFFF, Widths = 7,
                LockMask = ~0u, LockedBy = () => pll.Oscillator.On ? $"PLL{pll.Number}ON = 1" : null,
            });
            _fracr[i] = Add(new() { Name = $"PLL{i + 1}FRACR", Offset = 0x34 + 8 * i, ReadMask = 0xFFF8, WriteMask = 0xFFF8, Widths = 7 });
        }
        _d1ccipr = Kernel("D1CCIPR", 0x4C, 0x3001_0033);
        Kernel("D2CCIP1R", 0x50, 0xB137_71C7);
        _d2ccip2r = Kernel("D2CCIP2R", 0x54, 0x70F0_333F);
        Kernel("D3CCIPR", 0x58, 0x77E3_FF07);
        _cier = Add(new() { Name = "CIER", Offset = 0x60, ReadMask = 0x3FF, WriteMask = 0x3FF, Widths = 7, OnWrite = (_, _) => UpdateInterrupt() });
        _cifr = Add(new() { Name = "CIFR", Offset = 0x64, ReadMask = 0x7FF, WriteMask = 0, Widths = 7 });
        Add(new() { Name = "CICR", Offset = 0x68, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, written) => ClearFlags(written) });
        _bdcr = Add(new() { Name = "BDCR", Offset = 0x70, ReadMask = 0x1_837F, WriteMask = 0x1_833D, Widths = 7, Unmodelled = [new("LSECSSON", 1 << 5)], OnRead = () => _bdcr!.Value | (Lse.Ready ? 2u : 0), OnWrite = (old, _) => WriteBdcr(old) });
        _csr = Add(new() { Name = "CSR", Offset = 0x74, ReadMask = 3, WriteMask = 1, Widths = 7, OnRead = () => _csr!.Value | (Lsi.Ready ? 2u : 0), OnWrite = (_, _) => WriteCsr() });
        var rows = RccRowsH7.All;
        Gates = new(rows, Add);
        Add(new() { Name = "GCR", Offset = 0xA0, ReadMask = 1, WriteMask = 1, Widths = 7 });
        Add(new() { Name = "D3AMR", Offset = 0xA8, ReadMask = 0x3129_DEA9, WriteMask = 0x3129_DEA9, Widths = 7 });
        _rsr = Add(new() { Name = "RSR", Offset = 0xD0, Reset = PowerOnFlags, ReadMask = 0x55FB_0000, WriteMask = 0x1_0000, Widths = 7, OnWrite = (_, _) => ClearResetFlags() });
        foreach (var register in Registers.Where(r => r.Offset is >= 0xD0 and < 0x120).ToArray()) AddView(register);
        Reset(ResetCause.PowerOn);
    }

    public ClockGates Gates { get; }
    public Oscillator Hsi { get; }
    public Oscillator Csi { get; }
    public Oscillator Hsi48 { get; }
    public Oscillator Hse { get; }
    public Oscillator Lsi { get; }
    public Oscillator Lse { get; }
    public PllH7[] Plls { get; } = new PllH7[3];

    /// <summary>PWR_CR1.DBP.</summary>
    public Func<bool> BackupUnlocked { get; set; } = () => true;

    public event Action? BackupReset;

    /// <summary>Raised when any clock frequency may have changed.</summary>
    public event Action? Changed;

    /// <summary>The system clock is the HSI, as after reset.</summary>
    public bool RunsOnHsi => _source == 0;

    /// <summary>System reset: registers but the backup domain and the reset flags. A battery at VBAT keeps the backup domain over a power-on.</summary>
    public void Reset(ResetCause cause, bool battery = false)
    {
        var (bdcr, rsr) = (_bdcr.Value, _rsr.Value);
        base.Reset();
        foreach (var (_, _, source) in _inCr) source.Stop();
        Lsi.Stop();
        Hsi.StartReady(HsiFull);
        _source = 0;
        bool powerOn = cause == ResetCause.PowerOn;
        if (powerOn && !battery) Lse.Stop();
        else _bdcr.Value = bdcr;
        if (!powerOn) _rsr.Value = rsr & 0xFFFE_FFFF | Flags(cause);
        Changed?.Invoke();
    }

    public override void Reset() => Reset(ResetCause.Pin);

    /// <summary>RM0433 8.4.4, reset source identification: POR, PIN, BOR, D2, D1 and CPU.</summary>
    private const uint PowerOnFlags = 0x00FA_0000;

    /// <summary>A reset from inside pulls NRST as well: PINRSTF and CPURSTF are always set.</summary>
    private static uint Flags(ResetCause cause) => 1u << 22 | 1u << 17 | cause switch
    {
        ResetCause.Software => 1u << 24,
        ResetCause.IndependentWatchdog => 1u << 26,
        _ => 0,
    };

    private Oscillator Source(string name)
    {
        var source = new Oscillator(_die.Time, name);
        source.BecameReady += Ready;
        return source;
    }

    private Register Divider(string name, uint offset, uint mask) =>
        Add(new() { Name = name, Offset = offset, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = (_, _) => Changed?.Invoke() });

    private Register Kernel(string name, uint offset, uint mask) => Divider(name, offset, mask);

    private void AddView(Register register) => Add(new()
    {
        Name = "C1_" + register.Name, Offset = register.Offset + 0x60, Reset = register.Reset, ReadMask = register.ReadMask, WriteMask = register.WriteMask,
        Widths = 7, OnRead = () => register.Value, OnWrite = (_, written) => register.Store(written, Name),
    });

    private void ClearResetFlags()
    {
        if (_rsr[16]) _rsr.Value = 0;
    }

    private void WriteBdcr(uint old)
    {
        if (!BackupUnlocked())
        {
            _bdcr.Value = old;
            throw new BenchStop("RCC.BDCR written while PWR_CR1.DBP = 0: the write is lost");
        }
        if (_bdcr[16])
        {
            _bdcr.Value = 1u << 16;
            Lse.Stop();
            BackupReset?.Invoke();
            return;
        }
        if (_bdcr[0]) _external.StartLse(Lse, bypass: _bdcr[2]);
        else Lse.Stop();
        uint before = old >> 8 & 3;
        if (before != 0 && before != _bdcr.Field(8, 2)) throw new BenchStop("RCC.BDCR: RTCSRC changed without a backup domain reset");
    }

    private void WriteCsr()
    {
        if (_csr[0]) Lsi.Start(LsiHertz, LsiStart);
        else Lsi.Stop();
    }

    private void ClearFlags(uint written)
    {
        _cifr.Value &= ~(written & 0x7FF);
        UpdateInterrupt();
    }

    private void UpdateInterrupt() => _die.Interrupts.Set(Irq, (_cifr.Value & _cier.Value) != 0);
}
