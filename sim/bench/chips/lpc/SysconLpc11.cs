namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>
/// System configuration of the LPC11Uxx (UM10462 3), LPC13xx (UM10375 3), LPC82x (UM10800 5) and LPC15xx (UM10736 3): memory remap, the part's number, and the core's clock: the 12 MHz of its internal oscillator, or
/// of a crystal of 12 MHz. A core whose oscillator PDRUNCFG has switched off stops the target. PLL and watchdog oscillator are not modelled; the rest is kept.
/// </summary>
public sealed class SysconLpc11 : Peripheral
{
    private readonly bool _is15;
    private readonly Register _map, _power, _select, _pllInput;
    private uint _selected;                 // of MAINCLKSEL, what counts

    public SysconLpc11(LpcPart part) : base("SYSCON")
    {
        _is15 = part.Series == 15;
        _map = Add(new() { Name = "SYSMEMREMAP", Offset = 0, ReadMask = 3, WriteMask = 3, Widths = 7, OnWrite = (_, v) => { if (v == 1) throw new BenchStop("SYSCON.SYSMEMREMAP: vectors in RAM are not modelled"); MapChanged?.Invoke(); } });
        foreach (var (name, offset, reset, mask) in _is15 ? Rows15 : Rows) Keep(name, offset, reset, mask);
        _select = Keep(_is15 ? "MAINCLKSELA" : "MAINCLKSEL", _is15 ? 0x80u : 0x70, 0, 3, (_, _) => { if (_is15) Apply(); }, 2);
        _pllInput = _is15 ? Keep("MAINCLKSELB", 0x84, 0, 3, null, 3) : Keep("SYSPLLCLKSEL", 0x40, 1, 3, (_, _) => RequireClock(), 2);
        // The selection counts once a one follows a zero in MAINCLKUEN (UM10462 3.5.11). An LPC15xx has none.
        if (!_is15) Keep("MAINCLKUEN", 0x74, 0, 1, (old, v) => { if ((v & ~old & 1) != 0) Apply(); });
        _power = Keep("PDRUNCFG", _is15 ? 0x208u : 0x238, _is15 ? 0x01FF_FE00u : 0xEDF0, _is15 ? 0x01FF_FFFFu : 0xFFFF, (_, _) => RequireClock());
        Add(new() { Name = "DEVICE_ID", Offset = part.IdOffset, Reset = part.PartId, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
    }

    private static (string Name, uint Offset, uint Reset, uint Mask)[] Rows =>
    [
        ("PRESETCTRL", 0x04, 0, 0xF), ("SYSPLLCTRL", 0x08, 0, 0x7F), ("SYSPLLSTAT", 0x0C, 0, 1), ("SYSOSCCTRL", 0x20, 0, 3), ("WDTOSCCTRL", 0x24, 0xA0, 0x1FF), ("SYSRSTSTAT", 0x30, 0, 0x1F),
        ("SYSPLLCLKUEN", 0x44, 1, 1), ("SYSAHBCLKDIV", 0x78, 1, 0xFF), ("SYSAHBCLKCTRL", 0x80, 0x3F, 0x0FFF_FFFF),
    ];

    private static (string Name, uint Offset, uint Reset, uint Mask)[] Rows15 => [("SYSAHBCLKDIV", 0xC0, 1, 0xFF), ("SYSAHBCLKCTRL0", 0xC4, 0x18B, 0x0FFF_FFFF)];

    public bool ShowsRom => _map.Value == 0;

    public event Action? MapChanged;

    public override void Reset()
    {
        base.Reset();
        _selected = 0;
        MapChanged?.Invoke();
    }

    private Register Keep(string name, uint offset, uint reset, uint mask, Action<uint, uint>? changed = null, uint unmodelled = 0) =>
        Add(new() { Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = changed, Unmodelled = unmodelled == 0 ? [] : [new("SEL", unmodelled)] });

    private void Apply()
    {
        _selected = _select.Value;
        RequireClock();
    }

    /// <summary>MAINCLKSEL 1 is what goes into the PLL, MAINCLKSELA 1 the crystal.</summary>
    private bool IsOnCrystal => _selected == 1 && (_is15 || _pllInput.Value == 1);

    /// <summary>IRCOUT_PD and IRC_PD, SYSOSC_PD.</summary>
    private void RequireClock()
    {
        uint needed = IsOnCrystal ? _is15 ? 1u << 21 : 1 << 5 : _is15 ? 3u << 3 : 3;
        if ((_power.Value & needed) != 0) throw new BenchStop($"SYSCON: the core has no clock: it is on the {(IsOnCrystal ? "crystal" : "internal")} oscillator, which PDRUNCFG (0x{_power.Value:X}) has switched off");
    }
}
