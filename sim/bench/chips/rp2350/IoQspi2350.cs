namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>IO_QSPI: function and overrides of the six pins to the flash, behind those of USB (RP2350 datasheet 9.11.2). Overrides and interrupts stop the bench.</summary>
public sealed class IoQspi2350 : Peripheral
{
    private const uint NoFunction = 0x1F;
    private static readonly string[] s_pins = ["USBPHY_DP", "USBPHY_DM", "GPIO_QSPI_SCLK", "GPIO_QSPI_SS", "GPIO_QSPI_SD0", "GPIO_QSPI_SD1", "GPIO_QSPI_SD2", "GPIO_QSPI_SD3"];

    public IoQspi2350() : base("IO_QSPI")
    {
        for (int i = 0; i < s_pins.Length; i++)
        {
            Add(new() { Name = $"{s_pins[i]}_STATUS", Offset = (uint)i * 8, ReadMask = 0x0402_2200, WriteMask = 0, OnWrite = (_, _) => { } });
            Add(new() { Name = $"{s_pins[i]}_CTRL", Offset = (uint)i * 8 + 4, Reset = NoFunction, ReadMask = 0x3003_F01F, WriteMask = 0x3003_F01F, Unmodelled = [new("override", 0x3003_F000)], OnWrite = (_, _) => Changed?.Invoke() });
        }
    }

    /// <summary>All six lead to the flash interface.</summary>
    public bool IsConnected => Registers.Where(r => r.Name.StartsWith("GPIO", StringComparison.Ordinal) && r.Name.EndsWith("CTRL", StringComparison.Ordinal)).All(r => (r.Value & NoFunction) == 0);

    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        Changed?.Invoke();
    }
}
