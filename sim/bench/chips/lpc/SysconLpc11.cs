namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>System configuration of the LPC11Uxx (UM10462 3), LPC13xx (UM10375 3), LPC82x (UM10800 5) and LPC15xx (UM10736 3): memory remap and the part's number; the rest is kept, and the core stays at the 12 MHz of its internal oscillator.</summary>
public sealed class SysconLpc11 : Peripheral
{
    private readonly Register _map;

    public SysconLpc11(LpcPart part) : base("SYSCON")
    {
        _map = Add(new() { Name = "SYSMEMREMAP", Offset = 0, ReadMask = 3, WriteMask = 3, Widths = 7, OnWrite = (_, v) => { if (v == 1) throw new BenchStop("SYSCON.SYSMEMREMAP: vectors in RAM are not modelled"); MapChanged?.Invoke(); } });
        foreach (var (name, offset, reset, mask) in part.Series == 15 ? Rows15 : Rows) Add(new() { Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = mask, Widths = 7 });
        Add(new() { Name = part.Series == 15 ? "MAINCLKSELA" : "MAINCLKSEL", Offset = part.Series == 15 ? 0x80u : 0x70, ReadMask = 3, WriteMask = 3, Widths = 7, Unmodelled = [new("SEL", 3)] });
        Add(new() { Name = "DEVICE_ID", Offset = part.IdOffset, Reset = part.PartId, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
    }

    private static (string Name, uint Offset, uint Reset, uint Mask)[] Rows =>
    [
        ("PRESETCTRL", 0x04, 0, 0xF), ("SYSPLLCTRL", 0x08, 0, 0x7F), ("SYSPLLSTAT", 0x0C, 0, 1), ("SYSOSCCTRL", 0x20, 0, 3), ("WDTOSCCTRL", 0x24, 0xA0, 0x1FF), ("SYSRSTSTAT", 0x30, 0, 0x1F),
        ("SYSPLLCLKSEL", 0x40, 1, 3), ("SYSPLLCLKUEN", 0x44, 1, 1), ("MAINCLKUEN", 0x74, 0, 1), ("SYSAHBCLKDIV", 0x78, 1, 0xFF), ("SYSAHBCLKCTRL", 0x80, 0x3F, 0x0FFF_FFFF), ("PDRUNCFG", 0x238, 0xEDF0, 0xFFFF),
    ];

    private static (string Name, uint Offset, uint Reset, uint Mask)[] Rows15 => [("MAINCLKSELB", 0x84, 0, 3), ("SYSAHBCLKDIV", 0xC0, 1, 0xFF), ("SYSAHBCLKCTRL0", 0xC4, 0x18B, 0x0FFF_FFFF)];

    public bool ShowsRom => _map.Value == 0;

    public event Action? MapChanged;

    public override void Reset()
    {
        base.Reset();
        MapChanged?.Invoke();
    }
}
