namespace SharpProbe.Sim.Chips.F1;

/// <summary>Alternate function I/O of the STM32F10x (RM0008 9.4): where the USARTs' pins are, and whether PA13 and PA14 are the debug port's.</summary>
public sealed class AfioF1 : Peripheral
{
    private const int JtagOff = 2, SwdOff = 4;

    // Signal, remap field of MAPR (position, width), pin by value.
    private static readonly (string Signal, int Position, int Width, string?[] Pins)[] Remaps =
    [
        ("USART1_TX", 2, 1, ["PA9", "PB6"]), ("USART1_RX", 2, 1, ["PA10", "PB7"]),
        ("USART2_TX", 3, 1, ["PA2", "PD5"]), ("USART2_RX", 3, 1, ["PA3", "PD6"]),
        ("USART3_TX", 4, 2, ["PB10", "PC10", null, "PD8"]), ("USART3_RX", 4, 2, ["PB11", "PC11", null, "PD9"]),
    ];

    private readonly Die _die;
    private readonly IReadOnlyDictionary<char, GpioF1> _ports;
    private readonly Register _mapr;
    private uint _swj;

    public AfioF1(Die die, IReadOnlyDictionary<char, GpioF1> ports) : base("AFIO")
    {
        (_die, _ports) = (die, ports);
        Add(new() { Name = "EVCR", Offset = 0x00, ReadMask = 0xFF, WriteMask = 0xFF, Unmodelled = [new("EVOE", 1 << 7)] });
        // SWJ_CFG is write only and reads as nothing defined; zero here.
        _mapr = Add(new() { Name = "MAPR", Offset = 0x04, ReadMask = 0x001F_FFFF, WriteMask = 0x001F_FFFF, OnWrite = (_, v) => WriteMapr(v) });
        for (uint i = 0; i < 4; i++) Add(new() { Name = $"EXTICR{i + 1}", Offset = 8 + i * 4, ReadMask = 0xFFFF, WriteMask = 0xFFFF });
    }

    /// <summary>SWJ_CFG lets SWD have its pins: any value but 100.</summary>
    public bool SwdOn => _swj != SwdOff;

    /// <summary>SWJ_CFG leaves JTAG its pins: 000, or 001 without NJTRST.</summary>
    public bool JtagOn => _swj is not (JtagOff or SwdOff);

    /// <summary>Raised when <see cref="SwdOn"/> or <see cref="JtagOn"/> changed.</summary>
    public event Action? SwdChanged;

    public override void Reset()
    {
        base.Reset();
        SetSwj(0);
        Route();
    }

    private void WriteMapr(uint value)
    {
        SetSwj(value >> 24 & 7);
        Route();
    }

    private void SetSwj(uint value)
    {
        var before = (SwdOn, JtagOn);
        _swj = value;
        if (before != (SwdOn, JtagOn)) SwdChanged?.Invoke();
    }

    private void Route()
    {
        foreach (var (name, position, width, pins) in Remaps)
        {
            if (_die.FindSignal(name) is not { } signal) continue;
            string? chosen = pins[_mapr.Field(position, width)];
            foreach (string? pin in pins)
                if (pin is not null) _ports[pin[1]].Route(int.Parse(pin.AsSpan(2)), pin == chosen ? signal : null);
        }
    }
}
