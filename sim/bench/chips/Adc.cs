namespace SharpProbe.Sim.Chips;

/// <summary>
/// An analog converter of the STM32F7 (RM0431 15): single conversions of one regular channel that software starts, 12 bits, right aligned. Injected groups, watchdog, scan, continuous mode, DMA,
/// triggers and interrupts stop the bench. A pin that nobody gave a voltage is at 0 V; VREF+ is 3.3 V.
/// </summary>
public sealed class Adc : Peripheral
{
    private const int Adon = 0, SwStart = 30, Eoc = 1, Strt = 4;
    private const uint ReferenceMillivolts = 3300, HighestClock = 36_000_000, Stabilisation = 3;

    private static readonly uint[] SampleCycles = [3, 15, 28, 56, 84, 112, 144, 480];

    private static readonly string[] Pins =
        ["PA0", "PA1", "PA2", "PA3", "PA4", "PA5", "PA6", "PA7", "PB0", "PB1", "PC0", "PC1", "PC2", "PC3", "PC4", "PC5"];

    private readonly Die _die;
    private readonly Func<ulong> _clock;
    private readonly IReadOnlyDictionary<string, uint> _millivolts;
    private readonly Register _sr, _cr2, _smpr1, _smpr2, _sqr1, _sqr3, _dr;
    private ulong _onSince;
    private uint _generation;

    /// <param name="name">"ADC1".</param>
    /// <param name="clock">ADCCLK in Hz.</param>
    /// <param name="millivolts">Voltages at pins, by the pin's name.</param>
    public Adc(string name, Die die, Func<ulong> clock, IReadOnlyDictionary<string, uint> millivolts) : base(name)
    {
        (_die, _clock, _millivolts) = (die, clock, millivolts);
        _sr = Add(new() { Name = "SR", Offset = 0x00, ReadMask = 0x3F, WriteMask = 0x3F, OnWrite = (old, written) => _sr!.Value = old & written });
        Add(new() { Name = "CR1", Offset = 0x04, ReadMask = 0x07C0_FFFF, WriteMask = 0x07C0_FFFF, OnWrite = (_, written) => RequireNone("CR1", written) });
        _cr2 = Add(new() { Name = "CR2", Offset = 0x08, ReadMask = 0x7F7F_0F03, WriteMask = 0x7F7F_0F03, OnWrite = WriteControl });
        _smpr1 = Add(new() { Name = "SMPR1", Offset = 0x0C, ReadMask = 0x07FF_FFFF, WriteMask = 0x07FF_FFFF });
        _smpr2 = Add(new() { Name = "SMPR2", Offset = 0x10, ReadMask = 0x3FFF_FFFF, WriteMask = 0x3FFF_FFFF });
        _sqr1 = Add(new() { Name = "SQR1", Offset = 0x2C, ReadMask = 0x00FF_FFFF, WriteMask = 0x00FF_FFFF });
        _sqr3 = Add(new() { Name = "SQR3", Offset = 0x34, ReadMask = 0x3FFF_FFFF, WriteMask = 0x3FFF_FFFF });
        _dr = Add(new() { Name = "DR", Offset = 0x4C, ReadMask = 0xFFFF, WriteMask = 0, OnRead = Take });
    }

    public override void Reset()
    {
        base.Reset();
        _generation++;
    }

    private uint Take()
    {
        _sr[Eoc] = false;
        return _dr.Value;
    }

    private void RequireNone(string register, uint written)
    {
        if (written != 0) throw new BenchStop($"{Name}.{register}: 0x{written:X8} written, of which nothing is modelled");
    }

    private void WriteControl(uint old, uint written)
    {
        RequireNone("CR2", written & ~(1u << Adon | 1u << SwStart));
        _cr2[SwStart] = false;
        if (_cr2[Adon] && (old & 1) == 0) _onSince = _die.Time.Now;
        if ((written >> SwStart & 1) == 0) return;
        if (!_cr2[Adon]) throw new BenchStop($"{Name}: SWSTART while ADON = 0, which does nothing (RM0431 15.13.3)");
        Start();
    }

    private void Start()
    {
        ulong now = _die.Time.Now, clock = _clock();
        if (now - _onSince < Stabilisation * (TimeBase.Second / 1_000_000)) throw new BenchStop($"{Name}: conversion less than 3 µs after ADON (datasheet, tSTAB)");
        if (clock > HighestClock) throw new BenchStop($"{Name}: ADCCLK is {clock} Hz, more than 36 MHz");
        if (_sqr1.Field(20, 4) != 0) throw new BenchStop($"{Name}: SQR1.L asks for a sequence, which is not modelled");
        int channel = (int)_sqr3.Field(0, 5);
        if (channel >= Pins.Length) throw new BenchStop($"{Name}: channel {channel} is not modelled");
        uint sample = SampleCycles[channel < 10 ? _smpr2.Field(channel * 3, 3) : _smpr1.Field((channel - 10) * 3, 3)];
        uint generation = ++_generation;
        _sr[Strt] = true;
        _die.Time.After((sample + 12) * (TimeBase.Second / clock), () => Finish(generation, channel));
    }

    private void Finish(uint generation, int channel)
    {
        if (generation != _generation) return;
        uint millivolts = _millivolts.GetValueOrDefault(Pins[channel]);
        _dr.Value = Math.Min(millivolts * 4095 / ReferenceMillivolts, 4095);
        _sr[Eoc] = true;
    }
}
