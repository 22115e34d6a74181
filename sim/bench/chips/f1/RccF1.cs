using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>
/// Reset and clock control of the STM32F10x (RM0008 chapter 7, low and medium density): oscillators, PLL, dividers, enables. MCO, the clock security system and
/// the RTC's clock are kept without effect.
/// </summary>
public sealed class RccF1 : Peripheral
{
    private const ulong HsiHertz = 8_000_000, LsiHertz = 40_000, Microsecond = TimeBase.Second / 1_000_000;
    // DS5319: typical start-up of the crystal oscillator and of LSI, PLL lock.
    private const ulong HseStart = 2000 * Microsecond, PllLock = 200 * Microsecond, LsiStart = 85 * Microsecond;
    private const uint HsiOn = 1, HseOn = 1 << 16, HseByp = 1 << 18, PllOn = 1 << 24;

    private readonly TimeBase _time;
    private readonly ulong _hseHertz;
    private readonly Oscillator _hsi, _hse, _pll, _lsi;
    private readonly Register _cr, _cfgr, _csr;
    private readonly Dictionary<string, (Register Enr, Register? Rstr)> _buses = [];
    private readonly Dictionary<(string Bus, int Bit), Peripheral> _resets = [];
    private uint _source, _flags;

    /// <param name="die">The chip.</param>
    /// <param name="hseHertz">The crystal at OSC_IN; 0: none.</param>
    public RccF1(Die die, ulong hseHertz) : base("RCC")
    {
        (_time, _hseHertz) = (die.Time, hseHertz);
        (_hsi, _hse, _pll, _lsi) = (new(_time, "HSI"), new(_time, "HSE"), new(_time, "PLL"), new(_time, "LSI"));
        foreach (var o in new[] { _hsi, _hse, _pll, _lsi }) o.BecameReady += _ => Update();
        _cr = Add(new() { Name = "CR", Offset = 0x00, Reset = 0x83, ReadMask = 0x030F_FFFB, WriteMask = 0x010D_00F9, Widths = 7, OnRead = ReadCr, OnWrite = (old, _) => WriteCr(old) });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x04, ReadMask = 0x077F_FFFF, WriteMask = 0x077F_FFF3, Widths = 7, OnRead = () => _cfgr!.Value | _source << 2, OnWrite = (old, _) => WriteCfgr(old) });
        Add(new() { Name = "CIR", Offset = 0x08, ReadMask = 0x009F_1F9F, WriteMask = 0x009F_1F00, Widths = 7, Unmodelled = [new("clock ready interrupts", 0x1F00)] });
        Bus("APB2", 0x18, 0x0C, 0x0000_7E7D, 0);
        Bus("APB1", 0x1C, 0x10, 0x1AE6_4807, 0);
        Bus("AHB", 0x14, null, 0x0000_0055, 0x14);
        Add(new() { Name = "BDCR", Offset = 0x20, ReadMask = 0x0001_8307, WriteMask = 0x0001_8305, Unmodelled = [new("LSEON, RTCEN", 0x8001)], Widths = 7 });
        _csr = Add(new() { Name = "CSR", Offset = 0x24, ReadMask = 0xFD00_0003, WriteMask = 0x0100_0001, Widths = 7, OnRead = () => _csr!.Value & 1 | (_lsi.Ready ? 2u : 0) | _flags, OnWrite = (_, _) => WriteCsr() });
    }

    /// <summary>Hz.</summary>
    public ulong Hclk { get; private set; } = HsiHertz;
    public ulong Pclk1 => Hclk >> Divider(8);
    public ulong Pclk2 => Hclk >> Divider(11);
    public ulong LsiFrequency => _lsi.Hertz;

    /// <summary>A timer's clock: twice its bus when that is divided (RM0008 figure 8).</summary>
    public ulong TimerClock => Divider(8) == 0 ? Pclk1 : Pclk1 * 2;

    /// <summary>A frequency changed.</summary>
    public event Action? Changed;

    /// <summary>Whether a block's clock is on, by bus and bit number.</summary>
    public bool Enabled(string bus, int bit) => _buses[bus].Enr[bit];

    /// <summary>Lets the bus's reset register reset a block.</summary>
    public void Attach(string bus, int bit, Peripheral block) => _resets[(bus, bit)] = block;

    public void Reset(ResetCause cause)
    {
        base.Reset();
        _source = 0;
        foreach (var o in new[] { _hse, _pll, _lsi }) o.Stop();
        _hsi.StartReady(HsiHertz);
        // LPWR, WWDG, IWDG, SFT, POR, PIN are bits 31 to 26; every reset pulls the pin.
        const uint Pin = 1 << 26, Por = 1 << 27, Sft = 1 << 28, Iwdg = 1 << 29;
        _flags = cause switch
        {
            ResetCause.PowerOn => Por | Pin,
            ResetCause.Software => _flags | Sft | Pin,
            ResetCause.IndependentWatchdog => _flags | Iwdg | Pin,
            _ => _flags | Pin,
        };
        Update();
    }

    private void Bus(string name, uint enr, uint? rstr, uint mask, uint reset)
    {
        Register? resets = null;
        if (rstr is { } offset) resets = Add(new() { Name = name + "RSTR", Offset = offset, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = (_, _) => Pull(name, resets!.Value) });
        _buses[name] = (Add(new() { Name = name + "ENR", Offset = enr, Reset = reset, ReadMask = mask, WriteMask = mask, Widths = 7 }), resets);
    }

    private void Pull(string bus, uint bits)
    {
        foreach (var ((name, bit), block) in _resets)
            if (name == bus && (bits >> bit & 1) != 0) block.Reset();
    }

    private uint ReadCr() => _cr.Value & ~0x0202_0002u | (_hsi.Ready ? 2u : 0) | (_hse.Ready ? 1u << 17 : 0) | (_pll.Ready ? 1u << 25 : 0);

    /// <summary>What feeds SYSCLK cannot be switched off (RM0008 7.3.1).</summary>
    private void WriteCr(uint old)
    {
        if (_source == 0 || _source == 2 && !PllFromHse) _cr.Value |= old & HsiOn;
        if (_source == 1 || _source == 2 && PllFromHse) _cr.Value |= old & HseOn;
        if (_source == 2) _cr.Value |= old & PllOn;
        Turn(_hsi, HsiOn, HsiHertz, Microsecond);
        Turn(_hse, HseOn, _hseHertz, (_cr.Value & HseByp) != 0 ? 0 : HseStart);
        Turn(_pll, PllOn, PllHertz, PllLock);
        Update();
    }

    private void Turn(Oscillator o, uint bit, ulong hertz, ulong startUp)
    {
        if ((_cr.Value & bit) != 0) o.Start(hertz, startUp);
        else o.Stop();
    }

    private bool PllFromHse => _cfgr[16];

    /// <summary>PLLSRC, PLLXTPRE, PLLMUL: HSI/2 or HSE (or half of it), times 2 to 16.</summary>
    private ulong PllHertz
    {
        get
        {
            ulong input = !PllFromHse ? HsiHertz / 2 : _hse.Ready ? _cfgr[17] ? _hseHertz / 2 : _hseHertz : 0;
            return input * Math.Min(_cfgr.Field(18, 4) + 2, 16);
        }
    }

    private void WriteCfgr(uint old)
    {
        const uint PllFields = 0x003F_0000;
        if (_pll.On && ((old ^ _cfgr.Value) & PllFields) != 0) _cfgr.Value = _cfgr.Value & ~PllFields | old & PllFields;     // locked while the PLL is on (RM0008 7.3.2)
        if ((_cfgr.Value & 3) == 3) throw new BenchStop("RCC.CFGR: SW = 3 is not allowed");
        Update();
    }

    private void WriteCsr()
    {
        if (_csr[24]) _flags = 0;
        _csr.Value &= 1;
        if (_csr[0]) _lsi.Start(LsiHertz, LsiStart);
        else _lsi.Stop();
    }

    /// <summary>Switches SYSCLK when the source that SW asks for is ready, and works out the frequencies.</summary>
    private void Update()
    {
        uint wanted = _cfgr.Value & 3;
        var source = wanted switch { 1 => _hse, 2 => _pll, _ => _hsi };
        if (source.Ready) _source = wanted;
        ulong sysclk = _source switch { 1 => _hse.Hertz, 2 => _pll.Hertz, _ => HsiHertz };
        uint hpre = _cfgr.Field(4, 4);
        // 8 to 15: 2, 4, 8, 16, 64, 128, 256, 512.
        Hclk = hpre < 8 ? sysclk : sysclk >> (int)(hpre < 12 ? hpre - 7 : hpre - 6);
        Changed?.Invoke();
    }

    /// <summary>PPRE: 4 to 7 divide by 2, 4, 8, 16.</summary>
    private int Divider(int field) => _cfgr.Field(field, 3) is >= 4 and var ppre ? (int)ppre - 3 : 0;
}
