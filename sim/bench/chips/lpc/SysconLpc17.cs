namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>
/// System control of the LPC17xx (UM10360 3 to 5): memory mapping, flash accelerator, oscillators, PLL0 with its feed sequence, core clock divider. A clock above the limits of part or flash
/// accelerator stops the target. A 12 MHz crystal. That of LPC177x, 178x and 40xx (UM10562 3) has a selector with a divider that switches the clock off at 0 in the place of CCLKCFG.
/// </summary>
public sealed class SysconLpc17 : Peripheral
{
    private const ulong Internal = 4_000_000, Crystal = 12_000_000, Mega = 1_000_000, LockTime = 100 * TimeBase.Second / 1_000_000;
    private const uint Enabled = 1 << 24, Connected = 1 << 25, Locked = 1 << 26;

    private readonly TimeBase _time;
    private readonly bool _is40;
    private readonly Register _flash, _map, _control, _setting, _status, _divider, _source, _oscillator;
    private TimeBase.Event? _lock;
    private uint _fed;

    public SysconLpc17(TimeBase time, bool is40 = false) : base("SYSCON")
    {
        (_time, _is40) = (time, is40);
        _flash = Keep("FLASHCFG", 0x000, 0x303A, 0xFFFF, 0xF000, Apply);
        _map = Keep("MEMMAP", 0x040, 0, 1, 1, () => MapChanged?.Invoke());
        _control = Keep("PLL0CON", 0x080, 0, 3, 3);
        _setting = Keep("PLL0CFG", 0x084, 0, 0x00FF_7FFF, 0x00FF_7FFF);
        _status = Add(new() { Name = "PLL0STAT", Offset = 0x088, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "PLL0FEED", Offset = 0x08C, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, v) => Feed(v & 0xFF) });
        Keep("PLL1CON", 0x0A0, 0, 3, 0);
        Keep("PCON", 0x0C0, 0, 0xF1F, 0xF1F);
        Keep("PCONP", 0x0C4, 0x03BE, uint.MaxValue, uint.MaxValue);
        _divider = is40 ? Keep("CCLKSEL", 0x104, 1, 0x11F, 0x11F, Apply) : Keep("CCLKCFG", 0x104, 0, 0xFF, 0xFF, Apply);
        Keep("USBCLKCFG", 0x108, 0, 0xF, 0xF);
        _source = Keep("CLKSRCSEL", 0x10C, 0, 3, 3, Apply);
        Keep("RSID", 0x180, 1, 0xF, 0);
        _oscillator = Add(new() { Name = "SCS", Offset = 0x1A0, ReadMask = 0x70, WriteMask = 0x30, Widths = 7, OnRead = () => _oscillator!.Value | (_oscillator.Value & 0x20) << 1, OnWrite = (_, _) => { } });
        Keep("PCLKSEL0", 0x1A8, 0, uint.MaxValue, uint.MaxValue);
        Keep("PCLKSEL1", 0x1AC, 0, uint.MaxValue, uint.MaxValue);
    }

    /// <summary>MEMMAP is 0: the boot ROM's vectors are at address 0.</summary>
    public bool ShowsRom => _map.Value == 0;

    public event Action? MapChanged;

    public override void Reset()
    {
        _lock?.Cancel();
        base.Reset();
        _fed = 0;
        Apply();
        MapChanged?.Invoke();
    }

    private Register Keep(string name, uint offset, uint reset, uint mask, uint write, Action? changed = null) =>
        Add(new() { Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = write, Widths = 7, OnWrite = (_, _) => changed?.Invoke() });

    /// <summary>PLL0CON and PLL0CFG count from the two feeds on (UM10360 4.5.8).</summary>
    private void Feed(uint value)
    {
        bool complete = _fed == 0xAA && value == 0x55;
        _fed = value;
        if (!complete) return;
        bool on = _control[0], was = (_status.Value & Enabled) != 0;
        _status.Value = _setting.Value | _control.Value << 24 | (on && was ? _status.Value & Locked : 0);
        if (on && !was) _lock = _time.After(LockTime, () => _status.Value |= Locked);
        Apply();
    }

    private void Apply()
    {
        ulong source = _source.Value switch { 0 => _is40 ? Crystal : Internal, 1 => Crystal, _ => throw new BenchStop("SYSCON.CLKSRCSEL: the RTC's oscillator is not modelled") };
        if (_source.Value == 1 && !_oscillator[5]) throw new BenchStop("SYSCON.CLKSRCSEL: the main oscillator is off");
        const uint Used = Enabled | Connected;
        ulong hertz = source;
        if (_is40)
        {
            if (_divider[8]) throw new BenchStop("SYSCON.CCLKSEL: PLL0 as the core's clock is not modelled");
            if ((_divider.Value & 0x1F) == 0) throw new BenchStop("SYSCON.CCLKSEL: a divider of 0 switches the core's clock off (UM10562 3.3.22)");
            if (source / (_divider.Value & 0x1F) != _time.Hertz) _time.SetFrequency(source / (_divider.Value & 0x1F));
            return;
        }
        if ((_status.Value & Used) == Used)
        {
            if ((_status.Value & Locked) == 0) throw new BenchStop("SYSCON.PLL0CON: connected before it locked");
            hertz = 2 * source * ((_status.Value & 0x7FFF) + 1) / ((_status.Value >> 16 & 0xFF) + 1);
            if (hertz is < 275 * Mega or > 550 * Mega) throw new BenchStop($"SYSCON: PLL0 at {hertz} Hz; 275 to 550 MHz are allowed");
        }
        hertz /= _divider.Value + 1;
        if (hertz > 100 * Mega) throw new BenchStop($"SYSCON: the core would have {hertz} Hz; 100 MHz are allowed");
        uint clocks = (_flash.Value >> 12) + 1;
        if (clocks < 5 && hertz > clocks * 20 * Mega) throw new BenchStop($"SYSCON.FLASHCFG: {clocks} clocks are too few for {hertz} Hz (UM10360 table 49)");
        if (hertz != _time.Hertz) _time.SetFrequency(hertz);
    }
}
