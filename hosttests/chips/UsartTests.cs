using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class UsartTests
{
    private const uint Cr1 = 0x00, Cr2 = 0x04, Cr3 = 0x08, Brr = 0x0C, Rtor = 0x14, Rqr = 0x18, Isr = 0x1C, Icr = 0x20, Rdr = 0x24, Tdr = 0x28, Presc = 0x2C;
    private const uint Ue = 1, Re = 1 << 2, Te = 1 << 3, FifoEn = 1 << 29;
    private const uint Pe = 1, Fe = 2, Nf = 4, Ore = 8, Idle = 16, Rxne = 32, Tc = 64, Txe = 128, Rtof = 1 << 11;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly ChipBench _bench = new();
    private readonly Usart _usart;
    private readonly Net _tx, _rx;

    /// <summary>USART1 of an F723 at 54 MHz on PA9 and PA10.</summary>
    public UsartTests()
    {
        _usart = new("USART1", _bench.Die, UsartVersion.F7, () => 54_000_000, 37);
        RoutePins();
        (_tx, _rx) = (_bench.Die.Pin("PA9").Net, _bench.Die.Pin("PA10").Net);
    }

    private void RoutePins()
    {
        var port = _bench.Port('A');
        port.Write(0x24, 0x770, 4);
        port.Write(0x00, 0xA800_0000 | 2 << 18 | 2 << 20, 4);
    }

    private void Start(uint cr1 = 0, uint brr = 469)
    {
        _usart.Write(Brr, brr, 4);
        _usart.Write(Cr1, cr1 | Ue | Te | Re, 4);
        _bench.Run(200 * Microsecond);
    }

    private SerialHost Host() => new(_bench.Nets, "adapter", _rx, _tx) { BitTime = TimeBase.Second * 469 / 54_000_000 };

    [Fact] public void Frame_at_115200_from_54_MHz_lasts_ten_times_469_clocks()
    {
        Start();
        ulong begin = 0, end = 0;
        _tx.Changed += c => begin = begin == 0 ? c.Time : begin;
        _usart.Transmitted += (_, time) => end = time;
        _usart.Write(Tdr, 0x55, 4);
        _bench.Run(100 * Microsecond);
        Assert.Equal(4690.0 / 54_000_000, (end - begin) / (double)TimeBase.Second, 12);
    }

    [Fact] public void Edges_of_0x55_are_one_bit_apart()
    {
        Start();
        var times = new List<ulong>();
        _tx.Changed += c => times.Add(c.Time);
        _usart.Write(Tdr, 0x55, 4);
        _bench.Run(100 * Microsecond);
        Assert.Equal(10, times.Count);
        Assert.All(times.Zip(times.Skip(1)), p => Assert.Equal(TimeBase.Second * 469 / 54_000_000, p.Second - p.First));
    }

    [Fact] public void Over8_halves_the_divider()
    {
        Start(1 << 15, 0x3A2);  // USARTDIV 0x3A4 = 932 half clocks
        ulong end = 0, begin = _bench.Time.Now;
        _usart.Transmitted += (_, time) => end = time;
        _usart.Write(Tdr, 0, 4);
        _bench.Run(100 * Microsecond);
        Assert.Equal(9320.0 / 108_000_000, (end - begin) / (double)TimeBase.Second, 10);
    }

    [Fact] public void Another_serial_port_reads_the_banner()
    {
        Start();
        var text = new StringBuilder();
        Host().Received += (c, _, good) => text.Append(good ? (char)c : '?');
        foreach (char c in "SharpProbe\r\n")
        {
            while ((_usart.Read(Isr, 4) & Txe) == 0) _bench.Run(Microsecond);
            _usart.Write(Tdr, c, 4);
        }
        _bench.Run(200 * Microsecond);
        Assert.Equal("SharpProbe\r\n", text.ToString());
    }

    [Fact] public void Tc_follows_the_last_stop_bit()
    {
        Start();
        _usart.Write(Tdr, 1, 4);
        _bench.Run(86 * Microsecond);
        Assert.Equal(Txe, _usart.Read(Isr, 4) & (Txe | Tc));
        _bench.Run(Microsecond);
        Assert.Equal(Txe | Tc, _usart.Read(Isr, 4) & (Txe | Tc));
    }

    [Fact] public void Writing_over_a_word_that_waits_stops_the_bench()
    {
        Start();
        _usart.Write(Tdr, 1, 4);
        _usart.Write(Tdr, 2, 4);
        Assert.Equal("USART1.TDR written while TXE = 0: the word before it is lost", ChipBench.StopOf(() => _usart.Write(Tdr, 3, 4)));
    }

    [Theory]
    [InlineData(0u, 0x1A5u, 0xA5u)]                  // 8 bits
    [InlineData(1u << 12, 0x1A5u, 0x1A5u)]           // 9 bits
    [InlineData(1u << 28, 0x1A5u, 0x25u)]            // 7 bits
    [InlineData(1u << 10 | 1 << 12, 0xA7u, 0x1A7u)]  // 8 bits and even parity: five ones
    [InlineData(1u << 10 | 1 << 9, 0x27u, 0xA7u)]    // 7 bits and odd parity: four ones
    public void Word_length_and_parity_come_back_as_sent(uint cr1, uint sent, uint expected)
    {
        _bench.Die.Pin("PA9").Connect(_rx);
        Start(cr1);
        _usart.Write(Tdr, sent, 4);
        _bench.Run(120 * Microsecond);
        Assert.Equal(expected, _usart.Read(Rdr, 4));
        Assert.Equal(0u, _usart.Read(Isr, 4) & (Pe | Fe | Nf));
    }

    [Fact] public void Wrong_parity_is_a_parity_error()
    {
        Start(1 << 10 | 1 << 12);
        var host = Host();
        host.Parity = SerialParity.Odd;
        host.Send(0x41);
        _bench.Run(120 * Microsecond);
        Assert.Equal(Pe | Rxne, _usart.Read(Isr, 4) & (Pe | Fe | Rxne));
    }

    [Theory]
    [InlineData(0.98, true)]
    [InlineData(1.03, true)]
    [InlineData(0.92, false)]
    [InlineData(1.08, false)]
    public void Sender_off_by_three_percent_is_understood_and_by_eight_is_not(double ratio, bool understood)
    {
        Start();
        var host = Host();
        host.BitTime = (ulong)(host.BitTime * ratio);
        host.Send(0x35);
        _bench.Run(100 * Microsecond);
        bool good = _usart.Read(Rdr, 4) == 0x35 && (_usart.Read(Isr, 4) & Fe) == 0;
        Assert.Equal(understood, good);
    }

    [Fact] public void Second_word_before_the_first_is_read_overruns_and_is_lost()
    {
        Start();
        _usart.Receive([1, 2]);
        _bench.Run(200 * Microsecond);
        Assert.Equal(Ore | Rxne, _usart.Read(Isr, 4) & (Ore | Rxne));
        Assert.Equal(1u, _usart.Read(Rdr, 4));
        Assert.Equal(0u, _usart.Read(Isr, 4) & Rxne);
    }

    [Fact] public void Overrun_is_cleared_through_ICR()
    {
        Start();
        _usart.Receive([1, 2]);
        _bench.Run(200 * Microsecond);
        _usart.Write(Icr, Ore, 4);
        Assert.Equal(0u, _usart.Read(Isr, 4) & Ore);
    }

    [Fact] public void Idle_is_seen_a_frame_after_the_last_stop_bit_and_once()
    {
        Start();
        _usart.Receive([1]);
        _bench.Run(170 * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & Idle);
        _bench.Run(5 * Microsecond);
        Assert.Equal(Idle, _usart.Read(Isr, 4) & Idle);
        _usart.Write(Icr, Idle, 4);
        _bench.Run(1000 * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & Idle);
    }

    [Fact] public void Line_held_low_is_a_framing_error()
    {
        Start();
        _rx.Attach("shorted", Drive.High).Set(Drive.Low);
        _bench.Run(100 * Microsecond);
        Assert.Equal(Fe | Rxne, _usart.Read(Isr, 4) & (Fe | Rxne));
    }

    [Fact] public void Spike_in_the_middle_of_a_bit_is_noise_and_the_majority_wins()
    {
        Start();
        var host = Host();
        host.Send(0x00);
        var spike = _rx.Attach("spike");
        ulong bit = host.BitTime;
        _bench.Nets.ConflictStops = false;
        // Only sample 8 of data bit 2 sees the spike.
        _bench.Time.After(bit * 3 + bit * 14 / 32, () => spike.Net.Drivers[^2].Set(Drive.High));
        _bench.Time.After(bit * 3 + bit * 16 / 32, () => spike.Net.Drivers[^2].Set(Drive.Low));
        _bench.Run(100 * Microsecond);
        Assert.Equal(Nf, _usart.Read(Isr, 4) & Nf);
        Assert.Equal(0u, _usart.Read(Rdr, 4));
    }

    [Fact] public void Receiver_timeout_counts_bits_after_the_stop_bit()
    {
        _usart.Write(Rtor, 50, 4);
        _usart.Write(Cr2, 1 << 23, 4);
        Start();
        _usart.Receive([1]);
        _bench.Run((ulong)((10 + 49) * 8.685) * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & Rtof);
        _bench.Run(10 * Microsecond);
        Assert.Equal(Rtof, _usart.Read(Isr, 4) & Rtof);
    }

    [Fact] public void Receive_interrupt_is_a_level_that_reading_RDR_takes_down()
    {
        Start(1 << 5);
        _usart.Receive([1]);
        _bench.Run(100 * Microsecond);
        Assert.Contains(37, _bench.Interrupts);
        _usart.Read(Rdr, 4);
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void Break_holds_the_line_for_a_frame()
    {
        Start();
        var times = new List<ulong>();
        _tx.Changed += c => times.Add(c.Time);
        _usart.Write(Rqr, 2, 4);
        _bench.Run(200 * Microsecond);
        Assert.Equal(TimeBase.Second * 469 / 54_000_000 * 10, times[1] - times[0]);
    }

    [Fact] public void BRR_may_not_change_while_enabled()
    {
        Start();
        Assert.Contains("USART1.BRR: bits 0x00000001 changed while UE = 1", ChipBench.StopOf(() => _usart.Write(Brr, 468, 4)));
    }

    [Fact] public void Divider_below_16_stops_the_bench()
    {
        _usart.Write(Brr, 8, 4);
        Assert.Equal("USART1.BRR: USARTDIV = 8, below 16", ChipBench.StopOf(() => _usart.Write(Cr1, Ue | Te, 4)));
    }

    [Fact] public void Mode_without_a_model_stops_by_bit_name() =>
        Assert.Contains("USART1.CR2: LINEN set", ChipBench.StopOf(() => _usart.Write(Cr2, 1 << 14, 4)));

    [Fact] public void Half_word_access_names_the_register() =>
        Assert.Contains("USART1.CR1 written with a 16-bit access", ChipBench.StopOf(() => _usart.Write(Cr1, 1, 2)));

    [Fact] public void H7_FIFO_takes_sixteen_words_and_the_shift_register_one()
    {
        var usart = H7();
        for (uint i = 0; i < 17; i++) usart.Write(Tdr, i, 4);
        Assert.Equal(0u, usart.Read(Isr, 4) & Txe);
        Assert.Contains("TXE = 0", ChipBench.StopOf(() => usart.Write(Tdr, 17, 4)));
    }

    [Fact] public void H7_FIFO_overruns_with_the_eighteenth_word()
    {
        var usart = H7();
        usart.Receive(new byte[17]);
        _bench.Run(17 * 90 * Microsecond);
        Assert.Equal(0u, usart.Read(Isr, 4) & Ore);
        usart.Receive(new byte[1]);
        _bench.Run(100 * Microsecond);
        Assert.Equal(Ore, usart.Read(Isr, 4) & Ore);
    }

    [Fact] public void H7_prescaler_divides_the_kernel_clock()
    {
        var usart = H7(presc: 2, brr: 469 / 4);
        ulong end = 0, begin = _bench.Time.Now;
        usart.Transmitted += (_, time) => end = time;
        usart.Write(Tdr, 0, 4);
        _bench.Run(100 * Microsecond);
        Assert.Equal(117 * 4 * 10.0 / 54_000_000, (end - begin) / (double)TimeBase.Second, 10);
    }

    /// <summary>USART2 as an H7's with its FIFO, on PA2 and PA3.</summary>
    private Usart H7(uint presc = 0, uint brr = 469)
    {
        var usart = new Usart("USART2", _bench.Die, UsartVersion.H7, () => 54_000_000, 38);
        var port = new Gpio('A', _bench.Die, GpioResets.H7('A'), AlternateFunctionsH7.Table);
        port.Write(0x20, 0x7700, 4);
        port.Write(0x00, 0xABFF_FFAF, 4);
        usart.Write(Presc, presc, 4);
        usart.Write(Brr, brr, 4);
        usart.Write(Cr1, FifoEn | Ue | Te | Re, 4);
        _bench.Run(200 * Microsecond);
        return usart;
    }
}
