using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F7;

/// <summary>
/// Reset and clock control of STM32F72x and F73x (RM0431 chapter 5). Every clock of the bench derives from it. Oscillators and PLLs take their typical
/// time to start. MCO, spread spectrum and the clock security system are kept as bits without effect: the crystal never fails here.
/// </summary>
public sealed partial class RccF7 : Peripheral
{
    public const ulong HsiHertz = 16_000_000, LsiHertz = 32_000;
    /// <summary>DS11853 5.3.10: HSI 2.2 us, LSI 15 us typical, PLL 100 us at high VCO frequency.</summary>
    private const ulong Microsecond = TimeBase.Second / 1_000_000, HsiStart = 22 * Microsecond / 10, LsiStart = 15 * Microsecond, PllLock = 100 * Microsecond;
    private const int Irq = 5;

    private readonly Die _die;
    private readonly ExternalClocks _external;
    private readonly Register _cr, _pllcfgr, _cfgr, _cir, _bdcr, _csr, _plli2scfgr, _pllsaicfgr, _dckcfgr1, _dckcfgr2;
    private readonly (int Bit, Oscillator Source)[] _inCr;
    private int _source;

    public RccF7(Die die, ExternalClocks external) : base("RCC")
    {
        (_die, _external) = (die, external);
        (Hsi, Hse, Lsi, Lse) = (Source("HSI"), Source("HSE"), Source("LSI"), Source("LSE"));
        (Pll, PllI2s, PllSai) = (Source("PLL"), Source("PLLI2S"), Source("PLLSAI"));
        _inCr = [(0, Hsi), (16, Hse), (24, Pll), (26, PllI2s), (28, PllSai)];
        string? pllOn() => Pll.On ? "PLLON = 1" : null;
        _cr = Add(new()
        {
            Name = "CR", Offset = 0x00, Reset = 0x83, ReadMask = 0x3F0F_FFFB, WriteMask = 0x150D_00F9, Widths = 7,
            LockMask = 1 << 18, LockedBy = () => Hse.On ? "HSEON = 1" : null, OnRead = ReadCr, OnWrite = (old, _) => WriteCr(old),
        });
        _pllcfgr = Add(new()
        {
            Name = "PLLCFGR", Offset = 0x04, Reset = 0x2400_3010, ReadMask = 0x2F43_7FFF, WriteMask = 0x0F43_7FFF, Widths = 7, LockMask = ~0u, LockedBy = pllOn,
        });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x08, ReadMask = 0xFFFF_FCFF, WriteMask = 0xFFFF_FCF3, Widths = 7, OnRead = () => _cfgr!.Value & ~0xCu | (uint)_source << 2, OnWrite = (_, _) => Switch() });
        _cir = Add(new() { Name = "CIR", Offset = 0x0C, ReadMask = 0x7FFF, WriteMask = 0x7F00, Widths = 7, OnWrite = (_, written) => ClearFlags(written) });
        Gates = new(RccRowsF7.All, Add);
        _bdcr = Add(new() { Name = "BDCR", Offset = 0x70, ReadMask = 0x1_831F, WriteMask = 0x1_831D, Widths = 7, OnRead = () => _bdcr!.Value | (Lse.Ready ? 2u : 0), OnWrite = (old, _) => WriteBdcr(old) });
        _csr = Add(new() { Name = "CSR", Offset = 0x74, Reset = 0x0E00_0000, ReadMask = 0xFF00_0003, WriteMask = 0x0100_0001, Widths = 7, OnRead = () => _csr!.Value | (Lsi.Ready ? 2u : 0), OnWrite = (_, _) => WriteCsr() });
        Add(new() { Name = "SSCGR", Offset = 0x80, ReadMask = 0xCFFF_FFFF, WriteMask = 0xCFFF_FFFF, Widths = 7, Unmodelled = [new("SSCGEN", 1u << 31)] });
        _plli2scfgr = Add(new() { Name = "PLLI2SCFGR", Offset = 0x84, Reset = 0x2400_3000, ReadMask = 0x7F00_7FC0, WriteMask = 0x7F00_7FC0, Widths = 7, LockMask = ~0u, LockedBy = () => PllI2s.On ? "PLLI2SON = 1" : null });
        _pllsaicfgr = Add(new() { Name = "PLLSAICFGR", Offset = 0x88, Reset = 0x2400_3000, ReadMask = 0x2F03_7FC0, WriteMask = 0x0F03_7FC0, Widths = 7, LockMask = ~0u, LockedBy = () => PllSai.On ? "PLLSAION = 1" : null });
        _dckcfgr1 = Add(new() { Name = "DCKCFGR1", Offset = 0x8C, ReadMask = 0x01F0_1F1F, WriteMask = 0x01F0_1F1F, Widths = 7, OnWrite = (_, _) => Changed?.Invoke() });
        _dckcfgr2 = Add(new() { Name = "DCKCFGR2", Offset = 0x90, ReadMask = 0x3B3F_FFFF, WriteMask = 0x3B3F_FFFF, Widths = 7, OnWrite = (_, _) => Changed?.Invoke() });
        Reset(ResetCause.PowerOn);
    }

    public ClockGates Gates { get; }
    public Oscillator Hsi { get; }
    public Oscillator Hse { get; }
    public Oscillator Lsi { get; }
    public Oscillator Lse { get; }
    public Oscillator Pll { get; }
    public Oscillator PllI2s { get; }
    public Oscillator PllSai { get; }

    /// <summary>PWR_CR1.DBP: the backup domain may be written. Set by whoever assembles the chip.</summary>
    public Func<bool> BackupUnlocked { get; set; } = () => true;

    /// <summary>BDRST was written: the RTC and its registers are reset.</summary>
    public event Action? BackupReset;

    /// <summary>Raised when any clock frequency may have changed.</summary>
    public event Action? Changed;

    /// <summary>The PLL drives the system clock.</summary>
    public bool RunsOnPll => _source == 2;

    /// <summary>System reset: registers but the backup domain and the reset flags; <paramref name="cause"/> sets its flag (RM0431 5.1). A battery at VBAT keeps the backup domain over a power-on.</summary>
    public void Reset(ResetCause cause, bool battery = false)
    {
        bool powerOn = cause == ResetCause.PowerOn;
        var (bdcr, csr) = (_bdcr.Value, _csr.Value);
        base.Reset();
        foreach (var (_, source) in _inCr) source.Stop();
        Lsi.Stop();
        Hsi.StartReady(HsiHertz);
        _source = 0;
        if (powerOn && !battery) Lse.Stop();
        else _bdcr.Value = bdcr;
        if (!powerOn) _csr.Value = csr & 0xFE00_0000 | Flags(cause);
        Changed?.Invoke();
    }

    public override void Reset() => Reset(ResetCause.Pin);

    /// <summary>A reset from inside pulls NRST as well, so PINRSTF is always set.</summary>
    private static uint Flags(ResetCause cause) => 1u << 26 | cause switch
    {
        ResetCause.Software => 1u << 28,
        ResetCause.IndependentWatchdog => 1u << 29,
        _ => 0,
    };

    private Oscillator Source(string name)
    {
        var source = new Oscillator(_die.Time, name);
        source.BecameReady += Ready;
        return source;
    }

    private uint ReadCr()
    {
        uint value = _cr.Value;
        foreach (var (bit, source) in _inCr)
            if (source.Ready) value |= 2u << bit;
        return value;
    }

    private void WriteCr(uint old)
    {
        foreach (var (bit, source) in _inCr)
        {
            bool on = _cr[bit];
            if (on == ((old >> bit & 1) != 0)) continue;
            if (on) StartFromCr(source);
            else
            {
                RefuseIfUsed(source);
                source.Stop();
            }
        }
        Changed?.Invoke();
    }

    private void StartFromCr(Oscillator source)
    {
        if (source == Hsi) source.Start(HsiHertz, HsiStart);
        else if (source == Hse) _external.StartHse(Hse, bypass: _cr[18]);
        else source.Start(source == Pll ? PllHertz() : source == PllI2s ? SecondaryHertz(_plli2scfgr, "PLLI2S") : SecondaryHertz(_pllsaicfgr, "PLLSAI"), PllLock);
    }

    private void RefuseIfUsed(Oscillator source)
    {
        var input = _pllcfgr[22] ? Hse : Hsi;
        if (source == SystemSource) throw new BenchStop($"RCC.CR: {source.Name} turned off while it is the system clock");
        if (source == input && (Pll.On || PllI2s.On || PllSai.On)) throw new BenchStop($"RCC.CR: {source.Name} turned off while a PLL runs on it");
    }

    private void Ready(Oscillator source)
    {
        int bit = source == Lsi ? 0 : source == Lse ? 1 : source == Hsi ? 2 : source == Hse ? 3 : source == Pll ? 4 : source == PllI2s ? 5 : 6;
        if (_cir[bit + 8]) _cir[bit] = true;
        UpdateInterrupt();
        Switch();
    }

    private void ClearFlags(uint written)
    {
        _cir.Value &= ~(written >> 16 & 0xFF);
        UpdateInterrupt();
    }

    private void UpdateInterrupt() => _die.Interrupts.Set(Irq, (_cir.Value & 0x7F) != 0);

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
        if (old >> 8 != 0 && (old >> 8 & 3) != 0 && (old >> 8 & 3) != _bdcr.Field(8, 2)) throw new BenchStop("RCC.BDCR: RTCSEL changed without a backup domain reset");
    }

    private void WriteCsr()
    {
        if (_csr[24]) _csr.Value &= 1;
        if (_csr[0]) Lsi.Start(LsiHertz, LsiStart);
        else Lsi.Stop();
    }
}
