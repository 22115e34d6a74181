namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>IO_QSPI: function and overrides of the six pins to the flash (RP2040 datasheet 2.19.6.2). Of the overrides only that of chip select's output does something here.</summary>
public sealed class IoQspi : Peripheral
{
    private const uint SelectControl = 0x0C, OutOver = 3 << 8, FunctionMask = 0x1F, NoFunction = 0x1F;
    private static readonly string[] s_pins = ["SCLK", "SS", "SD0", "SD1", "SD2", "SD3"];

    private readonly Ssi _ssi;
    private readonly Register _select;

    public IoQspi(Ssi ssi) : base("IO_QSPI")
    {
        _ssi = ssi;
        for (int i = 0; i < s_pins.Length; i++)
        {
            Add(new() { Name = $"{s_pins[i]}_STATUS", Offset = (uint)i * 8, WriteMask = 0, OnWrite = (_, _) => { } });
            Add(new() { Name = $"{s_pins[i]}_CTRL", Offset = (uint)i * 8 + 4, Reset = NoFunction, ReadMask = 0x3003_331F, WriteMask = 0x3003_331F, Unmodelled = i == 1 ? [new("OUTOVER = 1", 0)] : [new("OUTOVER", OutOver)], OnWrite = (_, _) => Update() });
        }
        _select = Registers.First(r => r.Offset == SelectControl);
        string[] interrupts = ["INTR", "PROC0_INTE", "PROC0_INTF", "PROC0_INTS", "PROC1_INTE", "PROC1_INTF", "PROC1_INTS", "DORMANT_WAKE_INTE", "DORMANT_WAKE_INTF", "DORMANT_WAKE_INTS"];
        for (int i = 0; i < interrupts.Length; i++) Add(new() { Name = interrupts[i], Offset = 0x30 + (uint)i * 4, Unmodelled = [new("interrupt", uint.MaxValue)] });
    }

    public override void Reset()
    {
        base.Reset();
        Update();
    }

    /// <summary>0: the interface's; 1: that inverted; 2: low; 3: high. Without a function the pin floats up.</summary>
    private void Update() => _ssi.ForcedSelect = _select.Field(8, 2) switch
    {
        2 => true,
        3 => false,
        1 => throw new BenchStop("IO_QSPI.GPIO_QSPI_SS_CTRL: OUTOVER inverts chip select, which is not modelled"),
        _ => (_select.Value & FunctionMask) == 0 ? null : false,
    };
}
