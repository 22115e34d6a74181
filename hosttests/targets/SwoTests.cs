using SharpProbe.Sim;
using SharpProbe.Sim.Pins;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.TargetRig;

namespace SharpProbe.Tests.Targets;

/// <summary>An STM32F103 that traces: what arrives at the probe's end of TRACESWO, from real edges.</summary>
public class SwoTests
{
    private const uint Itm = 0xE000_0000, Ter = Itm + 0xE00, Tcr = Itm + 0xE80, Lar = Itm + 0xFB0, Dwt = 0xE000_1000, Acpr = 0xE004_0010, Sppr = 0xE004_00F0, Ffcr = 0xE004_0304, DbgmcuCr = 0xE004_2004;
    private const uint Nrz = 2, Manchester = 1, TraceIoEn = 0x20, TrcEna = 1 << 24, ItmEna = 1, TsEna = 2, SyncEna = 4, TxEna = 8, SyncTap24 = 1 << 10;
    private const uint Hertz = 8_000_000;

    // movs r1, #0xE0; lsls r1, r1, #24; movs r0, #0; loop: ldr r2, [r1]; cmp r2, #0; beq loop; strb r0, [r1]; adds r0, #1; b loop
    private static readonly ushort[] Polite = [0x21E0, 0x0609, 0x2000, 0x680A, 0x2A00, 0xD0FC, 0x7008, 0x3001, 0xE7F9];
    // … loop: str r0, [r1]; adds r0, #1; b loop
    private static readonly ushort[] Rude = [0x21E0, 0x0609, 0x2000, 0x6008, 0x3001, 0xE7FC];
    private static readonly ushort[] Idle = [0xE7FE];

    private readonly List<byte> _bytes = [];
    private readonly List<ulong> _ends = [];
    private readonly List<(ulong Time, bool High)> _edges = [];
    private TargetRig _rig = null!;

    private void Start(ushort[] program, uint baud, uint tcr, uint protocol = Nrz)
    {
        _rig = new(program);
        _rig.Target.Connect();
        var net = _rig.Probe.Pin("PD2").Net;
        net.Changed += change => _edges.Add((change.Time, change.After == Level.High));
        _rig[Demcr] = TrcEna;
        _rig[Sppr] = protocol;
        _rig[Acpr] = Hertz / baud - 1;
        _rig[Ffcr] = 0x100;
        _rig[DbgmcuCr] = TraceIoEn;
        _rig.Wait(30 * Microsecond);
        if (protocol == Nrz)
            new SerialHost(_rig.Probe.Nets, "listener", null, net) { Baud = baud }.Received += (word, time, good) =>
            {
                Assert.True(good);
                _bytes.Add((byte)word);
                _ends.Add(time);
            };
        _edges.Clear();
        _rig[Lar] = 0xC5AC_CE55;
        _rig[Ter] = 0x8000_0003;
        _rig[Tcr] = tcr;
    }

    [Theory]
    [InlineData(500_000)]
    [InlineData(2_000_000)]
    [InlineData(8_000_000)]
    public void What_software_writes_when_the_port_is_ready_arrives_whole(uint baud)
    {
        Start(Polite, baud, ItmEna);
        _rig.Wait(2000 * Microsecond);
        Assert.True(_bytes.Count > (baud < Hertz ? baud / 500 * 8 / 10 / 10 : 200), $"{_bytes.Count}");
        for (int i = 0; i + 1 < _bytes.Count; i += 2) Assert.Equal((1, (byte)(i / 2)), (_bytes[i], _bytes[i + 1]));
    }

    [Fact]
    public void The_pin_never_runs_faster_than_ACPR_says_and_wastes_nothing()
    {
        Start(Rude, 1_000_000, ItmEna);
        _rig.Wait(1000 * Microsecond);
        var apart = _ends.Zip(_ends.Skip(1), (a, b) => b - a).ToList();
        Assert.All(apart, d => Assert.Equal(10 * Microsecond, d));
    }

    [Fact]
    public void A_store_to_a_full_port_is_lost_and_an_overflow_packet_says_so()
    {
        Start(Rude, 500_000, ItmEna);
        _rig.Wait(2000 * Microsecond);
        int lost = 0, at = 0;
        uint expected = 0;
        while (at + 5 <= _bytes.Count)
        {
            if (_bytes[at] == 0x70)
            {
                (lost, at) = (lost + 1, at + 1);
                continue;
            }
            Assert.Equal(3, _bytes[at]);
            uint value = BitConverter.ToUInt32([.. _bytes[(at + 1)..(at + 5)]]);
            Assert.True(value >= expected, $"{value} after {expected}");
            (expected, at) = (value + 1, at + 5);
        }
        Assert.True(lost > 3);
    }

    [Fact]
    public void Timestamps_follow_the_packets()
    {
        Start(Idle, 2_000_000, ItmEna | TsEna);
        for (int i = 0; i < 3; i++)
        {
            _rig.Wait(100 * Microsecond);
            _rig.Write(Itm, 0x41u + (uint)i, 1);
        }
        _rig.Wait(100 * Microsecond);
        int at = 0;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal([1, (byte)(0x41 + i), 0xC0], _bytes[at..(at + 3)]);
            int cycles = _bytes[at + 3] & 0x7F | (_bytes[at + 4] & 0x7F) << 7;
            if (i > 0) Assert.InRange(cycles, 800, 840);
            at += 5;
        }
    }

    [Fact]
    public void Synchronisation_packets_follow_the_cycle_counters_tap()
    {
        Start(Idle, 2_000_000, ItmEna | SyncEna);
        _rig[Dwt + 4] = (1u << 24) - 2000;
        _rig[Dwt] = 1 | SyncTap24;
        _rig.Wait(500 * Microsecond);
        Assert.Equal([0, 0, 0, 0, 0, 0x80], _bytes);
    }

    [Fact]
    public void PC_samples_are_the_loops_addresses()
    {
        Start(Idle, 2_000_000, ItmEna | TxEna);
        _rig[Dwt] = 1 | 15 << 1 | 1 << 12;
        _rig.Wait(1000 * Microsecond);
        Assert.InRange(_bytes.Count / 5, 6, 8);        // 8000 cycles, one each 1024
        for (int i = 0; i + 5 <= _bytes.Count; i += 5) Assert.Equal([0x17, .. BitConverter.GetBytes(Code)], _bytes[i..(i + 5)]);
    }

    [Fact]
    public void A_comparator_sends_the_values_that_are_written_and_where_from()
    {
        // movs r1, #0x20; lsls r1, r1, #24; movs r0, #0; loop: str r0, [r1, #64]; adds r0, #1; 98 x nop would do: movs r2, #255; wait: subs r2, #1; bne wait; b loop
        Start([0x2120, 0x0609, 0x2000, 0x6408, 0x3001, 0x22FF, 0x3A01, 0xD1FD, 0xE7F9], 8_000_000, ItmEna | TxEna);
        _rig[Dwt + 0x20] = Ram + 0x40;
        _rig[Dwt + 0x24] = 2;
        _rig[Dwt + 0x28] = 15;                         // writes: PC and value
        _rig.Wait(1000 * Microsecond);
        Assert.True(_bytes.Count > 50);
        uint first = BitConverter.ToUInt32([.. _bytes[6..10]]);
        for (int i = 0; i + 10 <= _bytes.Count; i += 10)
            Assert.Equal([0x47, .. BitConverter.GetBytes(Code + 6), 0x8F, .. BitConverter.GetBytes(first + (uint)i / 10)], _bytes[i..(i + 10)]);
    }

    [Fact]
    public void Exceptions_are_traced_on_entry()
    {
        Start(Idle, 2_000_000, ItmEna | TxEna);
        _rig[Dwt] = 1 | 1 << 16;
        _rig[0xE000_ED04] = 1 << 28;                   // ICSR.PENDSVSET
        _rig.Wait(100 * Microsecond);
        Assert.Equal([0x0E, 14, 0x10], _bytes);
    }

    [Fact]
    public void Manchester_begins_with_a_one_and_turns_in_the_middle_of_each_bit()
    {
        Start(Idle, 1_000_000, ItmEna, Manchester);
        _rig.Write(Itm, 0x35, 1);
        _rig.Wait(100 * Microsecond);
        ulong start = _edges[0].Time;
        Assert.True(_edges[0].High);
        bool LevelAt(ulong time) => _edges.Last(e => e.Time <= start + time).High;
        ulong bits = 1 | 0x01u << 1 | 0x35u << 9;
        for (int i = 0; i < 17; i++)
        {
            ulong at = (ulong)i * Microsecond;
            bool one = (bits >> i & 1) != 0;
            Assert.Equal((i, one, !one), (i, LevelAt(at + Microsecond / 4), LevelAt(at + Microsecond * 3 / 4)));
        }
        Assert.False(_edges[^1].High);
        Assert.Equal(0u, _rig[Tcr] >> 23 & 1);
    }

    [Fact]
    public void Without_TRACE_IOEN_the_pin_does_not_move()
    {
        Start(Polite, 1_000_000, ItmEna);
        _rig[DbgmcuCr] = 0;
        _rig.Wait(100 * Microsecond);
        _edges.Clear();
        _rig.Wait(500 * Microsecond);
        Assert.Empty(_edges);
    }

    [Fact]
    public void Trace_through_the_formatter_stops_the_target_by_name()
    {
        Start(Idle, 1_000_000, ItmEna);
        _rig[Ffcr] = 0x102;
        _rig.Write(Itm, 0x35, 1);
        Assert.Contains("EnFCont", _rig.Target.LastStop?.Message);
    }
}
