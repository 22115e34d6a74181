namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>RESETS: a bit for each peripheral that is held in reset, at first all (RP2040 datasheet 2.14).</summary>
public sealed class Resets : Peripheral
{
    private const uint All = 0x01FF_FFFF;

    // Bit numbers as the register has them.
    private static readonly string[] s_names =
    [
        "ADC", "BUSCTRL", "DMA", "I2C0", "I2C1", "IO_BANK0", "IO_QSPI", "JTAG", "PADS_BANK0", "PADS_QSPI", "PIO0", "PIO1", "PLL_SYS", "PLL_USB", "PWM", "RTC",
        "SPI0", "SPI1", "SYSCFG", "SYSINFO", "TBMAN", "TIMER", "UART0", "UART1", "USBCTRL",
    ];

    private readonly Dictionary<int, Peripheral> _blocks = [];
    private readonly Register _reset;

    public Resets() : base("RESETS")
    {
        _reset = Add(new() { Name = "RESET", Offset = 0, Reset = All, ReadMask = All, WriteMask = All, OnWrite = (old, _) => Apply(old) });
        Add(new() { Name = "WDSEL", Offset = 4, ReadMask = All, WriteMask = All });
        Add(new() { Name = "RESET_DONE", Offset = 8, WriteMask = 0, OnRead = () => ~_reset.Value & All, OnWrite = (_, _) => { } });
    }

    /// <summary>The block's bit, if it has one: null says that it is never held.</summary>
    public Func<bool> Attach(Peripheral block)
    {
        int bit = Array.IndexOf(s_names, block.Name);
        if (bit < 0) return () => true;
        _blocks[bit] = block;
        return () => !_reset[bit];
    }

    private void Apply(uint old)
    {
        foreach (var (bit, block) in _blocks)
            if (_reset[bit] && (old >> bit & 1) == 0) block.Reset();
    }
}
