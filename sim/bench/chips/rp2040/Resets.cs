namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>RESETS: a bit for each peripheral that is held in reset, at first all (RP2040 datasheet 2.14, RP2350 datasheet 7.5).</summary>
public sealed class Resets : Peripheral
{
    // Bit numbers as the register has them.
    public static IReadOnlyList<string> Rp2040 { get; } =
    [
        "ADC", "BUSCTRL", "DMA", "I2C0", "I2C1", "IO_BANK0", "IO_QSPI", "JTAG", "PADS_BANK0", "PADS_QSPI", "PIO0", "PIO1", "PLL_SYS", "PLL_USB", "PWM", "RTC",
        "SPI0", "SPI1", "SYSCFG", "SYSINFO", "TBMAN", "TIMER", "UART0", "UART1", "USBCTRL",
    ];

    public static IReadOnlyList<string> Rp2350 { get; } =
    [
        "ADC", "BUSCTRL", "DMA", "HSTX", "I2C0", "I2C1", "IO_BANK0", "IO_QSPI", "JTAG", "PADS_BANK0", "PADS_QSPI", "PIO0", "PIO1", "PIO2", "PLL_SYS", "PLL_USB", "PWM", "SHA256",
        "SPI0", "SPI1", "SYSCFG", "SYSINFO", "TBMAN", "TIMER0", "TIMER1", "TRNG", "UART0", "UART1", "USBCTRL",
    ];

    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<int, Peripheral> _blocks = [];
    private readonly Register _reset;

    /// <param name="names">Of the blocks, by bit.</param>
    public Resets(IReadOnlyList<string> names) : base("RESETS")
    {
        _names = names;
        uint all = (1u << names.Count) - 1;
        _reset = Add(new() { Name = "RESET", Offset = 0, Reset = all, ReadMask = all, WriteMask = all, OnWrite = (old, _) => Apply(old) });
        Add(new() { Name = "WDSEL", Offset = 4, ReadMask = all, WriteMask = all });
        Add(new() { Name = "RESET_DONE", Offset = 8, WriteMask = 0, OnRead = () => ~_reset.Value & all, OnWrite = (_, _) => { } });
    }

    /// <summary>The block's bit, if it has one: null says that it is never held.</summary>
    public Func<bool> Attach(Peripheral block)
    {
        int bit = _names.ToList().IndexOf(block.Name);
        if (bit < 0) return () => true;
        _blocks[bit] = block;
        return () => !_reset[bit];
    }

    /// <summary>Out of reset.</summary>
    public bool IsOn(string block) => !_reset[_names.ToList().IndexOf(block)];

    private void Apply(uint old)
    {
        foreach (var (bit, block) in _blocks)
            if (_reset[bit] && (old >> bit & 1) == 0) block.Reset();
    }
}
