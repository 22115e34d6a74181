using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

/// <summary>Hardware flow control, formats against an independent serial port, and what else CR2 and CR3 offer. USART2 on PA0 (CTS), PA1 (RTS), PA2, PA3.</summary>
public class UsartFlowTests
{
    private const uint Cr1 = 0x00, Cr2 = 0x04, Cr3 = 0x08, Brr = 0x0C, Rqr = 0x18, Isr = 0x1C, Rdr = 0x24, Tdr = 0x28;
    private const uint Ue = 1, Re = 1 << 2, Te = 1 << 3, Rtse = 1 << 8, Ctse = 1 << 9;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly ChipBench _bench = new();
    private readonly Usart _usart;
    private readonly List<uint> _sent = [];

    public UsartFlowTests()
    {
        _usart = new("USART2", _bench.Die, UsartVersion.F7, () => 54_000_000, 38);
        _usart.Transmitted += (data, _) => _sent.Add(data);
        var port = _bench.Port('A');
        port.Write(0x20, 0x7777, 4);
        port.Write(0x00, 0xA800_00AA, 4);
    }

    private Net Net(string pin) => _bench.Die.Pin(pin).Net;

    private void Start(uint cr1 = 0, uint cr2 = 0, uint cr3 = 0)
    {
        _usart.Write(Brr, 54, 4);   // 1 Mbaud
        _usart.Write(Cr2, cr2, 4);
        _usart.Write(Cr3, cr3, 4);
        _usart.Write(Cr1, cr1 | Ue | Te | Re, 4);
        _bench.Run(20 * Microsecond);
    }

    [Fact] public void Transmitter_waits_for_CTS_low()
    {
        var cts = Net("PA0").Attach("peer", Drive.High);
        Start(cr3: Ctse);
        _usart.Write(Tdr, 0x41, 4);
        _bench.Run(50 * Microsecond);
        Assert.Empty(_sent);
        cts.Set(Drive.Low);
        _bench.Run(11 * Microsecond);
        Assert.Equal([0x41u], _sent);
    }

    [Fact] public void Frame_under_way_ends_though_CTS_rises()
    {
        var cts = Net("PA0").Attach("peer", Drive.Low);
        Start(cr3: Ctse);
        _usart.Write(Tdr, 1, 4);
        _usart.Write(Tdr, 2, 4);
        _bench.Run(5 * Microsecond);
        cts.Set(Drive.High);
        _bench.Run(50 * Microsecond);
        Assert.Equal([1u], _sent);
    }

    [Fact] public void TC_stays_low_while_CTS_holds_a_word_back()
    {
        var cts = Net("PA0").Attach("peer", Drive.Low);
        Start(cr3: Ctse);
        _usart.Write(Tdr, 1, 4);
        _usart.Write(Tdr, 2, 4);
        cts.Set(Drive.High);
        _bench.Run(50 * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & 0x40);
        cts.Set(Drive.Low);
        _bench.Run(12 * Microsecond);
        Assert.Equal(0x40u, _usart.Read(Isr, 4) & 0x40);
    }

    [Fact] public void TC_follows_a_break_that_was_queued_behind_a_word()
    {
        Start();
        _usart.Write(Tdr, 1, 4);
        _usart.Write(Rqr, 2, 4);
        _bench.Run(15 * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & 0x40);
        _bench.Run(10 * Microsecond);
        Assert.Equal(0x40u, _usart.Read(Isr, 4) & 0x40);
    }

    [Fact] public void TE_that_is_low_for_less_than_a_frame_does_not_disturb_it()
    {
        Start();
        _usart.Write(Tdr, 0x55, 4);
        _bench.Run(2 * Microsecond);
        _usart.Write(Cr1, Ue | Re, 4);
        _usart.Write(Cr1, Ue | Re | Te, 4);
        _usart.Write(Tdr, 0x66, 4);
        _bench.Run(30 * Microsecond);
        Assert.Equal([0x55u, 0x66u], _sent);
    }

    [Fact] public void RTS_is_low_until_RDR_is_full()
    {
        Start(cr3: Rtse);
        Assert.Equal(Level.Low, Net("PA1").Level);
        _usart.Receive([1]);
        _bench.Run(12 * Microsecond);
        Assert.Equal(Level.High, Net("PA1").Level);
        _usart.Read(Rdr, 4);
        Assert.Equal(Level.Low, Net("PA1").Level);
    }

    [Fact] public void Two_USARTs_with_flow_control_lose_nothing()
    {
        var peer = new Usart("USART6", _bench.Die, UsartVersion.F7, () => 54_000_000, 71);
        var port = _bench.Port('G');    // PG8 RTS, PG9 RX, PG13 CTS, PG14 TX
        port.Write(0x24, 0x0880_0088, 4);
        port.Write(0x00, 2u << 16 | 2 << 18 | 2u << 28, 4);
        _bench.Die.Pin("PG9").Connect(Net("PA2"));
        _bench.Die.Pin("PG8").Connect(Net("PA0"));
        peer.Write(Brr, 54, 4);
        peer.Write(Cr3, Rtse, 4);
        peer.Write(Cr1, Ue | Re, 4);
        Start(cr3: Ctse);
        var got = new List<uint>();
        for (uint next = 0, turn = 0; turn < 1000 && got.Count < 20; turn++)
        {
            if (next < 20 && (_usart.Read(Isr, 4) & 0x80) != 0) _usart.Write(Tdr, next++, 4);
            if (turn % 37 == 0 && (peer.Read(Isr, 4) & 0x20) != 0) got.Add(peer.Read(Rdr, 4));
            _bench.Run(Microsecond);
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (uint)i), got);
        Assert.Equal(0u, peer.Read(Isr, 4) & 8);
    }

    [Theory]
    [InlineData(0u, 0u, 8, SerialParity.None, 1)]
    [InlineData(0u, 2u << 12, 8, SerialParity.None, 2)]
    [InlineData(1u << 12, 0u, 9, SerialParity.None, 1)]
    [InlineData(1u << 28, 0u, 7, SerialParity.None, 1)]
    [InlineData(1u << 12 | 1 << 10, 0u, 8, SerialParity.Even, 1)]
    [InlineData(1u << 12 | 1 << 10 | 1 << 9, 2u << 12, 8, SerialParity.Odd, 2)]
    [InlineData(1u << 10, 0u, 7, SerialParity.Even, 1)]
    public void Format_is_what_another_serial_port_calls_it(uint cr1, uint cr2, int dataBits, SerialParity parity, int stopBits)
    {
        Start(cr1, cr2);
        var host = new SerialHost(_bench.Nets, "adapter", Net("PA3"), Net("PA2")) { Baud = 1_000_000, DataBits = dataBits, Parity = parity, StopBits = stopBits };
        var heard = new List<uint>();
        host.Received += (data, _, good) => { if (good) heard.Add(data); };
        uint mask = (1u << dataBits) - 1;
        foreach (uint data in new uint[] { 0x00, 0x1FF, 0x155, 0x0A3 })
        {
            host.Send(data & mask);
            _usart.Write(Tdr, data & mask, 4);
            _bench.Run(20 * Microsecond);
            Assert.Equal(data & mask, _usart.Read(Rdr, 4) & mask);
            Assert.Equal(0u, _usart.Read(Isr, 4) & 7);
        }
        Assert.Equal(new uint[] { 0, 0x1FF & mask, 0x155 & mask, 0xA3 & mask }, heard);
    }

    [Fact] public void Inverted_pin_idles_low()
    {
        Start(cr2: 1 << 17);
        Assert.Equal(Level.Low, Net("PA2").Level);
    }

    [Fact] public void MSB_first_mirrors_the_word_on_the_wire()
    {
        Start(cr2: 1 << 19);
        var host = new SerialHost(_bench.Nets, "adapter", null, Net("PA2")) { Baud = 1_000_000 };
        uint heard = 0;
        host.Received += (data, _, _) => heard = data;
        _usart.Write(Tdr, 0x01, 4);
        _bench.Run(20 * Microsecond);
        Assert.Equal(0x80u, heard);
    }

    [Fact] public void Matching_character_sets_CMF()
    {
        Start(cr2: (uint)'\n' << 24 | 1 << 4);
        _usart.Receive("a"u8);
        _bench.Run(12 * Microsecond);
        Assert.Equal(0u, _usart.Read(Isr, 4) & 1 << 17);
        _usart.Read(Rdr, 4);
        _usart.Receive("\n"u8);
        _bench.Run(12 * Microsecond);
        Assert.Equal(1u << 17, _usart.Read(Isr, 4) & 1 << 17);
    }

    [Fact] public void With_OVRDIS_the_newest_word_wins_and_nothing_is_flagged()
    {
        Start(cr3: 1 << 12);
        _usart.Receive([1, 2]);
        _bench.Run(25 * Microsecond);
        Assert.Equal(2u, _usart.Read(Rdr, 4));
        Assert.Equal(0u, _usart.Read(Isr, 4) & 8);
    }

    [Fact] public void Clearing_UE_lets_the_pin_go_and_resets_the_flags()
    {
        Start();
        _usart.Receive([1, 2]);
        _usart.Write(Tdr, 1, 4);
        _bench.Run(25 * Microsecond);
        _usart.Write(Cr1, Te | Re, 4);
        Assert.Equal(0xC0u, _usart.Read(Isr, 4));
        Assert.Equal(Drive.None, _bench.Die.Pin("PA2").Drive);
    }
}
