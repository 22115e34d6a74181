using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

/// <summary>SPI5 of the F7 at an APB2 of 108 MHz: PF7 SCK, PF9 MOSI, PF8 MISO.</summary>
public class SpiTests
{
    private const uint Cr1 = 0x00, Cr2 = 0x04, Sr = 0x08, Dr = 0x0C;
    private const uint Cpha = 1, Cpol = 2, Master = 4 | 1 << 8 | 1 << 9, Enable = 1 << 6, LsbFirst = 1 << 7, ReceiveOnly = 1 << 10, OneLineOut = 1 << 14, OneLine = 1 << 15;
    private const uint Rxne = 1, Txe = 2, Ovr = 1 << 6, Busy = 1 << 7;

    private readonly ChipBench _bench = new();
    private readonly Gpio _port;
    private readonly Spi _spi;
    private readonly NetDriver _far;
    private readonly List<(ulong Time, bool High)> _clock = [];

    public SpiTests()
    {
        _spi = new("SPI5", _bench.Die, () => 108_000_000, 85);
        _port = _bench.Port('F');
        _port.Write(0x20, 5u << 28, 4);
        _port.Write(0x24, 0x55, 4);
        _port.Write(0x00, 0xA_8000, 4);
        _far = _bench.Die.Pin("PF8").Net.Attach("far end", Drive.Low);
    }

    private Net Sck => _bench.Die.Pin("PF7").Net;
    private Net Mosi => _bench.Die.Pin("PF9").Net;

    private void Start(uint cr1, int bits, uint cr2 = 0)
    {
        _spi.Write(Cr2, cr2 | (uint)(bits - 1) << 8, 4);
        _spi.Write(Cr1, cr1 | Master, 4);
        _spi.Write(Cr1, cr1 | Master | Enable, 4);
        Sck.Changed += change => _clock.Add((change.Time, change.After == Level.High));
    }

    /// <summary>What MOSI shows at each capturing edge, first one lowest.</summary>
    private Func<uint> Watch(bool rising)
    {
        uint bits = 0;
        int count = 0;
        Sck.Changed += change => { if (change.After == Level.High == rising) bits |= (Mosi.IsHigh ? 1u : 0) << count++; };
        return () => bits;
    }

    /// <summary>The far end shows a bit at each of the edges that shift.</summary>
    private void Answer(uint bits, bool rising)
    {
        int count = 0;
        Sck.Changed += change => { if (change.After == Level.High == rising) _far.Set((bits >> count++ & 1) != 0 ? Drive.High : Drive.Low, change.Time); };
    }

    private void Run(int nanoseconds) => _bench.Run((ulong)nanoseconds * (TimeBase.Second / 1_000_000_000));

    [Theory]
    [InlineData(0, 54_000_000)]
    [InlineData(1, 27_000_000)]
    [InlineData(2, 13_500_000)]
    [InlineData(7, 421_875)]
    public void SCK_is_the_bus_clock_by_2_to_the_BR_plus_1(uint br, int hertz)
    {
        Start(br << 3, 8);
        _spi.Write(Dr, 0, 1);
        Run(30_000);
        Assert.Equal(16, _clock.Count);
        Assert.Equal(hertz, 7 * (double)TimeBase.Second / (_clock[14].Time - _clock[0].Time), hertz * 1e-6);
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(Cpol, true)]
    [InlineData(Cpha, false)]
    [InlineData(Cpha | Cpol, true)]
    public void SCK_rests_at_CPOL(uint mode, bool high)
    {
        Start(mode, 8);
        Assert.Equal(high ? Level.High : Level.Low, Sck.Level);
        _spi.Write(Dr, 0x5A, 1);
        Run(1000);
        Assert.Equal(high ? Level.High : Level.Low, Sck.Level);
        Assert.Equal(!high, _clock[0].High);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(Cpol, false)]
    [InlineData(Cpha, false)]
    [InlineData(Cpha | Cpol, true)]
    public void Data_are_stable_at_the_capturing_edge(uint mode, bool rising)
    {
        Start(mode | LsbFirst, 8);
        var sent = Watch(rising);
        _spi.Write(Dr, 0xC5, 1);
        Run(1000);
        Assert.Equal(0xC5u, sent());
    }

    [Fact] public void The_highest_bit_goes_first_unless_LSBFIRST_is_set()
    {
        Start(Cpha, 8);
        var sent = Watch(rising: false);
        _spi.Write(Dr, 0b1100_0101, 1);
        Run(1000);
        Assert.Equal(0b1010_0011u, sent());
    }

    [Fact] public void Frames_of_16_bits_follow_one_another_without_a_gap_and_arrive()
    {
        Start(Cpha | Cpol | LsbFirst | 1 << 3, 16);
        Answer(0x89AB_4567, rising: false);
        _spi.Write(Dr, 0, 2);
        _spi.Write(Dr, 0, 2);
        Assert.Equal(Busy, _spi.Read(Sr, 4) & Busy);
        Run(1300);
        Assert.Equal(64, _clock.Count);
        Assert.All(_clock.Zip(_clock.Skip(1)), pair => Assert.InRange(pair.Second.Time - pair.First.Time, TimeBase.Second / 54_000_100, TimeBase.Second / 53_999_900));
        Assert.Equal(Rxne | Txe | 3 << 9, _spi.Read(Sr, 4));
        Assert.Equal(0x4567u, _spi.Read(Dr, 2));
        Assert.Equal(0x89ABu, _spi.Read(Dr, 2));
    }

    [Theory]
    [InlineData(4, 0xD)]
    [InlineData(5, 0x1D)]
    [InlineData(11, 0x65D)]
    [InlineData(16, 0xA65D)]
    public void Frame_sizes_from_4_to_16_bits(int bits, uint frame)
    {
        Start(Cpha | LsbFirst, bits, 1 << 12);
        Answer(frame, rising: true);
        var sent = Watch(rising: false);
        _spi.Write(Dr, 0xFFFF_A65D, bits > 8 ? 2 : 1);
        Run(1000);
        Assert.Equal(2 * bits, _clock.Count);
        Assert.Equal(0xA65Du & (1u << bits) - 1, sent());
        Assert.Equal(frame, _spi.Read(Dr, bits > 8 ? 2 : 1));
    }

    [Fact] public void Sizes_that_are_not_used_become_8()
    {
        _spi.Write(Cr2, 1 << 8, 4);
        Assert.Equal(0x0700u, _spi.Read(Cr2, 4));
    }

    [Fact] public void A_half_word_is_two_frames_of_8_bits()
    {
        Start(Cpha | LsbFirst, 8);
        Answer(0x1234, rising: true);
        var sent = Watch(rising: false);
        _spi.Write(Dr, 0xBEEF, 2);
        Run(1000);
        Assert.Equal(0xBEEFu, sent());
        Assert.Equal(0x1234u, _spi.Read(Dr, 2));
    }

    [Fact] public void RXNE_waits_for_a_half_word_unless_FRXTH_is_set()
    {
        Start(Cpha, 8);
        _spi.Write(Dr, 0, 1);
        Run(1000);
        Assert.Equal(1u << 9 | Txe, _spi.Read(Sr, 4));
        _spi.Write(Cr2, 0x1700, 4);
        Assert.Equal(1u << 9 | Txe | Rxne, _spi.Read(Sr, 4));
    }

    [Fact] public void TXE_tells_that_half_of_the_FIFO_is_free()
    {
        Start(Cpha | 7 << 3, 8);
        _spi.Write(Dr, 0, 1);                                  // goes on to the shift register
        _spi.Write(Dr, 0, 2);
        Assert.Equal(Txe | Busy | 2 << 11, _spi.Read(Sr, 4));
        _spi.Write(Dr, 0, 1);
        Assert.Equal(Busy | 3 << 11, _spi.Read(Sr, 4));
    }

    [Fact] public void A_frame_without_room_is_lost_and_OVR_goes_by_DR_and_SR()
    {
        Start(Cpha | LsbFirst, 16);
        for (int i = 0; i < 3; i++)
        {
            _spi.Write(Dr, 0, 2);
            Run(1000);
        }
        Assert.Equal(Ovr, _spi.Read(Sr, 4) & Ovr);
        Assert.Equal(Ovr, _spi.Read(Sr, 4) & Ovr);
        _spi.Read(Dr, 2);
        Assert.Equal(Ovr, _spi.Read(Sr, 4) & Ovr);
        Assert.Equal(0u, _spi.Read(Sr, 4) & Ovr);
        _spi.Read(Dr, 2);
        Assert.Equal(Txe, _spi.Read(Sr, 4));
    }

    [Fact] public void Interrupts_follow_their_flags()
    {
        Start(Cpha, 8, 1 << 12 | 1 << 6);
        Assert.Empty(_bench.Interrupts);
        _spi.Write(Dr, 0, 1);
        Run(1000);
        Assert.Equal([85], _bench.Interrupts);
        _spi.Read(Dr, 1);
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void What_comes_after_the_capturing_edge_is_the_next_bit()
    {
        Start(Cpha | Cpol | LsbFirst, 8, 1 << 12);
        ulong late = TimeBase.Second / 1_000_000_000;
        int bit = 0;
        Sck.Changed += change => { if (change.After == Level.High) _far.Set((0x96 >> bit++ & 1) != 0 ? Drive.High : Drive.Low, change.Time + late); };
        _spi.Write(Dr, 0, 1);
        Run(1000);
        Assert.Equal(0x96u << 1 & 0xFF, _spi.Read(Dr, 1));
    }

    [Fact] public void One_line_sends_and_receives_nothing_while_BIDIOE_is_set()
    {
        Start(Cpha | LsbFirst | OneLine | OneLineOut, 8);
        var sent = Watch(rising: false);
        _spi.Write(Dr, 0x3C, 1);
        Run(1000);
        Assert.Equal(0x3Cu, sent());
        Assert.Equal(Txe, _spi.Read(Sr, 4));
    }

    [Theory]
    [InlineData(OneLine, "PF9")]
    [InlineData(ReceiveOnly, "PF8")]
    public void A_master_that_only_receives_clocks_until_it_is_disabled_in_its_last_frame(uint mode, string pin)
    {
        var line = pin == "PF9" ? Mosi.Attach("other end") : _far;
        uint cr1 = Cpha | Cpol | LsbFirst | mode | 7 << 3;
        int bit = 0;
        Sck.Changed += change => { if (change.After == Level.Low) line.Set((0xC35A >> bit++ & 1) != 0 ? Drive.High : Drive.Low, change.Time); };
        bit = 0;
        Start(cr1, 8);
        Assert.NotEqual(Drive.High, _bench.Die.Pin("PF9").Drive);
        bit = 0;
        Run(2370 * 13);                                        // into the second frame
        _spi.Write(Cr1, cr1 | Master, 4);
        Run(2370 * 20);
        Assert.Equal(0xC35Au, _spi.Read(Dr, 2));
        Assert.Equal(Txe, _spi.Read(Sr, 4));
    }

    [Fact] public void Without_SPE_no_pin_is_driven()
    {
        _spi.Write(Cr1, Cpol | Master, 4);
        Assert.Equal(Drive.None, _bench.Die.Pin("PF7").Drive);
        Assert.Equal(Drive.None, _bench.Die.Pin("PF9").Drive);
    }

    [Fact] public void A_frame_that_waits_goes_when_SPE_is_set()
    {
        _spi.Write(Dr, 0x55, 1);
        Start(Cpha | LsbFirst, 8);
        var sent = Watch(rising: false);
        Run(1000);
        Assert.Equal(0x55u, sent());
    }

    [Fact] public void What_silicon_would_lose_or_punish_stops_the_bench()
    {
        Assert.Contains("slave", ChipBench.StopOf(() => _spi.Write(Cr1, 1 << 9 | 1 << 8 | Enable, 4)));
        _spi.Reset();
        Assert.Contains("NSS", ChipBench.StopOf(() => _spi.Write(Cr1, 4 | Enable, 4)));
        _spi.Reset();
        Assert.Contains("CRCEN", ChipBench.StopOf(() => _spi.Write(Cr1, 1 << 13, 4)));
        Assert.Contains("TXDMAEN", ChipBench.StopOf(() => _spi.Write(Cr2, 0x702, 4)));
        Assert.Contains("SPI5.DR", ChipBench.StopOf(() => _spi.Write(Dr, 0, 4)));
        _spi.Reset();
        Start(Cpha, 16);
        Assert.Contains("FRLVL = 0", ChipBench.StopOf(() => _spi.Read(Dr, 2)));
        Assert.Contains("as a byte", ChipBench.StopOf(() => _spi.Write(Dr, 0, 1)));
        _spi.Write(Dr, 0, 2);
        Assert.Contains("BSY = 1", ChipBench.StopOf(() => _spi.Write(Cr1, Cpha | Master | Enable | 1 << 3, 4)));
        Assert.Contains("BSY = 1", ChipBench.StopOf(() => _spi.Write(Cr2, 0x0700, 4)));
        _spi.Write(Dr, 0, 2);
        _spi.Write(Dr, 0, 2);
        Assert.Contains("full", ChipBench.StopOf(() => _spi.Write(Dr, 0, 2)));
        Assert.Contains("BSY = 1", ChipBench.StopOf(() => _spi.Write(Cr1, Cpha | Master, 4)));
    }

    [Fact] public void Disabled_with_something_unread_stops_the_bench()
    {
        Start(Cpha, 8);
        _spi.Write(Dr, 0, 1);
        Run(1000);
        Assert.Contains("FRLVL", ChipBench.StopOf(() => _spi.Write(Cr1, Cpha | Master, 4)));
    }
}
