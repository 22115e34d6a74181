using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class TimTests
{
    private const uint Cr1 = 0x00, Dier = 0x0C, Sr = 0x10, Egr = 0x14, Ccmr1 = 0x18, Ccer = 0x20, Cnt = 0x24, Psc = 0x28, Arr = 0x2C, Ccr1 = 0x34;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly ChipBench _bench = new();
    private readonly Tim _tim;

    /// <summary>TIM3 at 108 MHz, counting microseconds.</summary>
    public TimTests()
    {
        _tim = new("TIM3", _bench.Die, TimFeatures.General(false, 3), () => 108_000_000, 29);
        _tim.Write(Psc, 107, 4);
        _tim.Write(Egr, 1, 4);
        _tim.Write(Sr, 0, 4);
    }

    [Fact] public void Counts_at_the_prescaled_clock()
    {
        _tim.Write(Cr1, 1, 4);
        _bench.Run(1234 * Microsecond);
        Assert.Equal(1234u, _tim.Read(Cnt, 4));
    }

    [Fact] public void Stopped_counter_keeps_its_count()
    {
        _tim.Write(Cr1, 1, 4);
        _bench.Run(50 * Microsecond);
        _tim.Write(Cr1, 0, 4);
        _bench.Run(50 * Microsecond);
        Assert.Equal(50u, _tim.Read(Cnt, 4));
    }

    [Fact] public void Overflows_after_ARR_plus_one_counts_with_an_interrupt()
    {
        _tim.Write(Arr, 99, 4);
        _tim.Write(Dier, 1, 4);
        _tim.Write(Cr1, 1, 4);
        _bench.Run(99 * Microsecond + Microsecond / 2);
        Assert.Empty(_bench.Interrupts);
        _bench.Run(Microsecond);
        Assert.Equal([29], _bench.Interrupts);
        _tim.Write(Sr, ~1u & 0xFFFF, 4);
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void One_pulse_mode_stops_at_the_first_overflow()
    {
        _tim.Write(Arr, 9, 4);
        _tim.Write(Cr1, 9, 4);
        _bench.Run(100 * Microsecond);
        Assert.Equal(8u, _tim.Read(Cr1, 4));
        Assert.Equal(0u, _tim.Read(Cnt, 4));
    }

    [Fact] public void Prescaler_waits_for_the_next_update()
    {
        _tim.Write(Arr, 9, 4);
        _tim.Write(Cr1, 1, 4);
        _tim.Write(Psc, 1079, 4);
        _bench.Run(10 * Microsecond + 35 * Microsecond);
        Assert.Equal(3u, _tim.Read(Cnt, 4));
    }

    [Fact] public void PWM_mode_1_is_high_below_CCR_and_edges_are_exact()
    {
        var port = _bench.Port('C');     // PC6 AF2 TIM3_CH1
        port.Write(0x20, 2u << 24, 4);
        port.Write(0x00, 2u << 12, 4);
        _tim.Write(Arr, 99, 4);
        _tim.Write(Ccr1, 25, 4);
        _tim.Write(Ccmr1, 6 << 4, 4);
        _tim.Write(Ccer, 1, 4);
        var changes = new List<NetChange>();
        _bench.Die.Pin("PC6").Net.Changed += changes.Add;
        _tim.Write(Cr1, 1, 4);
        ulong start = _bench.Time.Now;
        _bench.Run(201 * Microsecond);
        Assert.Equal([25ul, 100, 125, 200], changes.Select(c => (c.Time - start + Microsecond / 2) / Microsecond));
        Assert.Equal(Level.High, _bench.Die.Pin("PC6").Net.Level);
    }

    [Fact] public void Capture_takes_the_count_at_a_rising_edge()
    {
        var port = _bench.Port('C');
        port.Write(0x20, 2u << 24, 4);
        port.Write(0x00, 2u << 12, 4);
        var source = _bench.Die.Pin("PC6").Net.Attach("source", Drive.Low);
        _tim.Write(Ccmr1, 1, 4);
        _tim.Write(Ccer, 1, 4);
        _tim.Write(Cr1, 1, 4);
        _bench.Run(77 * Microsecond);
        source.Set(Drive.High);
        _bench.Run(20 * Microsecond);
        Assert.Equal(2u, _tim.Read(Sr, 4));
        Assert.Equal(77u, _tim.Read(Ccr1, 4));
        Assert.Equal(0u, _tim.Read(Sr, 4));
    }

    [Fact] public void Update_requests_move_one_item_each_through_DMA()
    {
        // TIM3_UP is DMA1 stream 2, channel 5; its peripheral port reaches APB1: CCR1 of the timer itself.
        var dma = new Dma(1, _bench.Die, DmaVersion.F7, new DmaChannelsF7(_bench.Die), () => 216_000_000, new int[8]);
        _bench.Bus.Map(0x4000_0400, 0x400, _tim);
        for (byte i = 0; i < 4; i++) _bench.Memory.Span[i * 4] = (byte)(10 + i);
        dma.Write(0x44, 4, 4);
        dma.Write(0x48, 0x4000_0434, 4);
        dma.Write(0x4C, ChipBench.Ram, 4);
        dma.Write(0x40, 5 << 25 | 1 << 6 | 1 << 10 | 2 << 11 | 2 << 13 | 1, 4);
        _tim.Write(Arr, 9, 4);
        _tim.Write(Dier, 1 << 8, 4);
        _tim.Write(Cr1, 1, 4);
        _bench.Run(25 * Microsecond);
        Assert.Equal(11u, _tim.Read(Ccr1, 4));
        Assert.Equal(2u, dma.Read(0x44, 4));
    }

    [Fact] public void Counting_down_stops_by_bit_name() =>
        Assert.Contains("TIM3.CR1: DIR set", ChipBench.StopOf(() => _tim.Write(Cr1, 0x10, 4)));
}
