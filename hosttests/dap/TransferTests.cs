using SharpProbe.Tests.Adi;
using static SharpProbe.Tests.Dap.DapRig;

namespace SharpProbe.Tests.Dap;

/// <summary>Transfer, TransferBlock and ExecuteCommands on a target: their results, what they cost, and where they stop.</summary>
public class TransferTests
{
    private const uint Ram = RamBus.Start;

    private readonly DapRig _rig = new DapRig().Connected();

    public TransferTests()
    {
        for (int i = 0; i < 256; i++) BitConverter.TryWriteBytes(_rig.Bus.Bytes.AsSpan(i * 4), 0x1111_0000u + (uint)i);
        _rig.Rig.Port.Log.Clear();
    }

    private byte[] Ask(params byte[] request) => _rig.Ask(request);

    private static uint WordAt(byte[] bytes, int at) => BitConverter.ToUInt32(bytes, at);

    [Fact]
    public void AP_reads_overlap_and_RDBUFF_gives_the_last()
    {
        byte[] answer = Ask([5, 0, 4, 0x05, .. Word(Ram), 0x0F, 0x0F, 0x0F]);
        Assert.Equal([5, 4, 1, .. Word(0x1111_0000), .. Word(0x1111_0001), .. Word(0x1111_0002)], answer);
        Assert.Equal("=TAR DRW DRW DRW RDBUFF", _rig.Transfers);
    }

    [Fact]
    public void A_posted_read_is_fetched_before_a_DP_read_and_before_a_write()
    {
        byte[] answer = Ask([5, 0, 5, 0x05, .. Word(Ram), 0x0F, 0x02, 0x0F, 0x05, .. Word(Ram)]);
        Assert.Equal([5, 5, 1, .. Word(0x1111_0000), .. Word(0x1BA0_1477), .. Word(0x1111_0001)], answer);
        Assert.Equal("=TAR DRW RDBUFF DPIDR DRW RDBUFF =TAR RDBUFF", _rig.Transfers);
    }

    [Fact]
    public void The_fault_of_the_last_write_is_reported()
    {
        Assert.Equal([5, 2, 4], Ask([5, 0, 2, 0x05, .. Word(0x3000_0000), 0x0D, .. Word(1)]));
        Assert.Equal([8, 0], Ask(8, 0, 0x1E, 0, 0, 0));
        Assert.Equal([5, 1, 1, .. Word(0x1BA0_1477)], Ask(5, 0, 1, 2));
    }

    [Fact]
    public void A_refused_transfer_ends_the_packet_and_the_count_leaves_it_out()
    {
        _rig.Faults.Fault(1);
        Assert.Equal([5, 1, 4, .. Word(0x1BA0_1477)], Ask([5, 0, 3, 0x02, 0x05, .. Word(Ram), 0x02]));
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(1, 0, 2)]
    public void WAIT_is_repeated_as_often_as_configured(int waits, byte retries, byte ack)
    {
        Ask(4, 0, retries, 0, 0, 0);
        _rig.Faults.Wait(waits);
        Assert.Equal([5, (byte)(ack == 1 ? 1 : 0), ack], Ask([5, 0, 1, 0x05, .. Word(Ram)]));
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(1, 0, 2)]
    public void WAIT_in_a_block_is_repeated_as_often_as_configured(int waits, byte retries, byte ack)
    {
        Ask(4, 0, retries, 0, 0, 0);
        _rig.Tar(Ram);
        _rig.Faults.Wait(waits);
        Assert.Equal([6, (byte)(ack == 1 ? 2 : 0), 0, ack], Ask([6, 0, 2, 0, 0x0F])[..4]);
        _rig.Faults.Clear();
        _rig.Faults.Wait(waits);
        Assert.Equal([6, (byte)(ack == 1 ? 2 : 0), 0, ack], Ask([6, 0, 2, 0, 0x0D, .. Word(1), .. Word(2)]));
    }

    [Fact]
    public void Match_reads_until_the_value_comes_and_leaves_no_data()
    {
        Ask(4, 0, 0, 0, 5, 0);
        byte[] answer = Ask([5, 0, 4, 0x20, .. Word(0xFF), 0x05, .. Word(Ram), 0x1F, .. Word(3), 0x02]);
        Assert.Equal([5, 4, 1, .. Word(0x1BA0_1477)], answer);
    }

    [Fact]
    public void A_mismatch_is_reported_after_the_retries()
    {
        Ask(4, 0, 0, 0, 2, 0);
        Assert.Equal([5, 2, 0x11], Ask([5, 0, 4, 0x20, .. Word(0xFF), 0x05, .. Word(Ram), 0x1F, .. Word(9), 0x02]));
        Assert.Equal("=TAR DRW DRW DRW DRW", _rig.Transfers);
    }

    [Fact]
    public void Time_stamps_come_before_the_data_and_rise()
    {
        byte[] answer = Ask([5, 0, 4, 0x85, .. Word(Ram), 0x8F, 0x8F, 0x82]);
        Assert.Equal([5, 4, 1], answer[..3]);
        Assert.Equal(3 + 4 + 3 * 8, answer.Length);
        Assert.Equal((0x1111_0000u, 0x1111_0001u, 0x1BA0_1477u), (WordAt(answer, 11), WordAt(answer, 19), WordAt(answer, 27)));
        uint first = WordAt(answer, 3), second = WordAt(answer, 7), third = WordAt(answer, 15), last = WordAt(answer, 23);
        Assert.True(first < second && second < third && third < last);
    }

    [Fact]
    public void Time_stamps_count_at_the_frequency_that_Info_gives() =>
        Assert.Equal([0, 4, .. Word(216_000_000)], Ask(0, 0xF1));

    [Fact]
    public void Idle_cycles_follow_each_transfer()
    {
        Ask(4, 10, 0, 0, 0, 0);
        int rises = 0;
        _rig.Rig.Swclk.Changed += change => rises += change.After == SharpProbe.Sim.Pins.Level.High ? 1 : 0;
        Ask(5, 0, 2, 2, 2);
        Assert.Equal(2 * (46 + 10), rises);
    }

    [Fact]
    public void A_block_costs_46_clocks_a_word()
    {
        _rig.Tar(Ram);
        int rises = 0;
        _rig.Rig.Swclk.Changed += change => rises += change.After == SharpProbe.Sim.Pins.Level.High ? 1 : 0;
        byte[] answer = _rig.Ask([6, 0, 127, 0, 0x0F], 512);
        Assert.Equal([6, 127, 0, 1], answer[..4]);
        Assert.Equal(46 * 128, rises);
        Assert.Equal(_rig.Bus.Bytes[..508], answer[4..]);
        rises = 0;
        _rig.Tar(Ram);
        rises = 0;
        Assert.Equal([6, 126, 0, 1], _rig.Ask([6, 0, 126, 0, 0x0D, .. new byte[504]], 512));
        Assert.Equal(46 * 127, rises);
        Assert.All(_rig.Bus.Bytes[..504], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_block_read_that_faults_at_word_k_reports_k_done(int k)
    {
        _rig.Tar(Ram);
        FailAfter(k);
        byte[] answer = Ask(6, 0, 12, 0, 0x0F);
        Assert.Equal([6, (byte)k, 0, 4], answer[..4]);
        Assert.Equal(4 + 4 * k, answer.Length);
        Assert.Equal(_rig.Bus.Bytes[..(4 * k)], answer[4..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_block_write_that_faults_at_word_k_counts_the_words_taken(int k)
    {
        _rig.Tar(Ram);
        FailAfter(k);
        Assert.Equal([6, (byte)(k + 1), 0, 4], Ask([6, 0, 12, 0, 0x0D, .. new byte[48]]));
        Assert.Equal(k == 0 ? 0x1111_0000u : 0, _rig.Bus.Word(0));
        Assert.Equal(0x1111_0000u + (uint)k, _rig.Bus.Word(k * 4));
    }

    /// <summary>The access of the k-th transaction from now, from 0, ends in a bus error.</summary>
    private void FailAfter(int k)
    {
        int rises = 46 * k;
        if (k == 0) _rig.Faults.BusError(1);
        else
            _rig.Rig.Swclk.Changed += change =>
            {
                if (change.After == SharpProbe.Sim.Pins.Level.High && --rises == -6) _rig.Faults.BusError(1);
            };
    }

    [Fact]
    public void A_block_of_65535_words_reads_as_many_as_the_response_holds()
    {
        _rig.Tar(Ram);
        byte[] answer = Ask(6, 0, 0xFF, 0xFF, 0x0F);
        Assert.Equal([6, 15, 0, 1], answer[..4]);
        Assert.Equal(64, answer.Length);
    }

    [Fact]
    public void A_block_of_65535_words_writes_as_many_as_the_request_has()
    {
        _rig.Tar(Ram);
        Assert.Equal([6, 2, 0, 1], Ask([6, 0, 0xFF, 0xFF, 0x0D, .. Word(7), .. Word(8), 1, 2]));
        Assert.Equal((7u, 8u, 0x1111_0002u), (_rig.Bus.Word(0), _rig.Bus.Word(4), _rig.Bus.Word(8)));
    }

    [Fact]
    public void A_transfer_of_255_reads_does_as_many_as_the_response_holds()
    {
        byte[] answer = Ask([5, 0, 255, .. Enumerable.Repeat((byte)0x02, 61)]);
        Assert.Equal([5, 15, 1], answer[..3]);
        Assert.Equal(63, answer.Length);
    }

    [Fact]
    public void A_transfer_that_fails_at_item_k_does_not_shift_the_commands_behind_it()
    {
        for (int k = 0; k < 4; k++)
        {
            byte[] request = [0x7F, 3, 0x0A, 5, 0, 4];
            for (int i = 0; i < 4; i++)
                request = i == k ? [.. request, 0x0D, .. Word(0x0A0A_0A0A)] : [.. request, .. i % 2 == 0 ? new byte[] { 0x00, 0, 0, 0, 0 } : [0x16, .. Word(0)]];
            request = [.. request, 0, 4];
            _rig.Tar(Ram);
            _rig.Faults.Clear();
            if (k == 0) _rig.Faults.Fault(1);
            byte[] answer = Ask(request);
            Assert.Equal(new byte[] { 0x7F, 3, 0x0A, 0, 0, 5 }, answer[..6]);
            Assert.Equal("2.1.0\0"u8.ToArray(), answer[^6..]);
            if (k == 0) Assert.Equal([0, 4], answer[6..8]);
        }
    }

    [Fact]
    public void A_block_that_fails_does_not_shift_the_command_behind_it()
    {
        _rig.Faults.Fault(1);
        Assert.Equal([0x7F, 2, 6, 0, 0, 4, 0x0A, 0, 0], Ask([0x7F, 2, 6, 0, 2, 0, 0x0D, .. Word(0), .. Word(0), 0x0A]));
    }

    [Fact]
    public void ExecuteCommands_ends_at_what_it_does_not_know()
    {
        Assert.Equal([0x7F, 2, 0x0A, 0, 0, 0xFF], Ask(0x7F, 3, 0x0A, 0x14, 0x0A));
        Assert.Equal([0x7F, 1, 0xFF], Ask(0x7F, 2, 0x7F, 1, 0x0A));
        Assert.Equal([0x7F, 1, 0xFF], Ask(0x7F, 2, 7, 0x0A));
    }

    [Fact]
    public void ExecuteCommands_counts_what_it_answered() => Assert.Equal([0x7F, 2, 0x0A, 0, 0, 0x0A, 0, 0], Ask(0x7F, 9, 0x0A, 0x0A));

    [Fact]
    public void Queued_commands_are_answered_as_executed_ones() => Assert.Equal([0x7F, 1, 0x0A, 0, 0], Ask(0x7E, 1, 0x0A));

    [Fact]
    public void Abort_ends_a_transfer_that_waits()
    {
        Ask(4, 0, 0xFF, 0xFF, 0, 0);
        _rig.Faults.WaitUntil(ulong.MaxValue);
        _rig.Turns.Begin();
        _rig.Turns.Turn = turn => { if (turn == 3) _rig.Engine.Abort(); };
        Assert.Equal([5, 1, 2, .. Word(0x1BA0_1477)], Ask([5, 0, 3, 0x02, 0x05, .. Word(Ram), 0x02]));
        Assert.Equal(3, _rig.Turns.Count);
        _rig.Faults.Clear();
        Assert.Equal([5, 1, 1, .. Word(0x1BA0_1477)], Ask(5, 0, 1, 2));
    }

    [Fact]
    public void Abort_ends_a_block_and_the_commands_behind_it_transfer_nothing()
    {
        Ask(4, 0, 0xFF, 0xFF, 0, 0);
        _rig.Tar(Ram);
        _rig.Faults.WaitUntil(ulong.MaxValue);
        _rig.Turns.Turn = _ => _rig.Engine.Abort();
        Assert.Equal([0x7F, 2, 6, 0, 0, 2, 5, 0, 0], Ask(0x7F, 2, 6, 0, 4, 0, 0x0F, 5, 0, 1, 2));
    }

    [Fact]
    public void Abort_ends_a_block_between_words_at_a_slow_clock()
    {
        Ask([0x11, .. Word(10_000)]);
        _rig.Tar(Ram);
        _rig.Turns.Begin();
        _rig.Turns.Turn = turn => { if (turn == 5) _rig.Engine.Abort(); };
        byte[] answer = _rig.Ask([6, 0, 100, 0, 0x0F], 512);
        Assert.Equal([6, 4, 0, 1], answer[..4]);
        Assert.Equal(_rig.Bus.Bytes[..16], answer[4..]);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(50_000_000)]
    public void The_rest_of_the_probe_has_its_turn_often_enough(int hertz)
    {
        Ask([0x11, .. Word((uint)hertz)]);
        _rig.Tar(Ram);
        _rig.Turns.Begin();
        for (int i = 0; i < (hertz > 10_000_000 ? 6 : 1); i++) _rig.Ask([6, 0, 120, 0, 0x0F], 512);
        // A transaction is never divided.
        Assert.InRange(_rig.Turns.Longest, 1ul, 216_000 * 2 + 216_000_000ul / (uint)hertz * 60);
    }

    [Fact]
    public void A_garbled_read_is_asked_for_again()
    {
        _rig.Tar(Ram);
        _rig.Faults.CorruptRead(2);
        Assert.Equal([6, 3, 0, 1, .. _rig.Bus.Bytes[..12]], Ask(6, 0, 3, 0, 0x0F));
    }

    [Fact]
    public void No_answer_is_7_and_nothing_is_given_as_data()
    {
        _rig.Faults.Silence();
        Assert.Equal([5, 0, 7], Ask(5, 0, 2, 2, 2));
        Assert.Equal([6, 0, 0, 7], Ask(6, 0, 2, 0, 0x0F));
    }

    [Fact]
    public void An_acknowledge_that_is_none_is_a_protocol_error()
    {
        _rig.Faults.BadAck(1, 3);
        Assert.Equal([5, 0, 8], Ask(5, 0, 1, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_longer_turnaround_works_when_target_and_probe_are_told(int clocks)
    {
        // DLCR by hand: the check behind a write would come with the old turnaround.
        Ask([5, 0, 1, 0x08, .. Word(1)]);
        Assert.Equal(2, Ask([0x1D, 3, 8, 0xA9, 0x85, 33, .. Word((uint)clocks << 8), (byte)(clocks is 3 ? 0 : 1)])[2] & 14);
        Ask(0x13, (byte)clocks);
        Assert.Equal([5, 2, 1, .. Word(0x1BA0_1477)], Ask([5, 0, 2, 0x08, .. Word(0), 0x02]));
        _rig.Tar(Ram);
        Assert.Equal([6, 3, 0, 1, .. _rig.Bus.Bytes[..12]], Ask(6, 0, 3, 0, 0x0F));
        Assert.DoesNotContain(_rig.Rig.Port.Log.Entries, e => e.Event == SharpProbe.Sim.Adi.SwdEvent.ProtocolError);
    }

    [Fact]
    public void A_data_phase_follows_WAIT_and_FAULT_where_the_target_detects_overruns()
    {
        Ask([5, 0, 1, 0x04, .. Word(0x5000_0001)]);
        Ask(0x13, 4);
        Ask(4, 0, 0, 0, 0, 0);
        _rig.Tar(Ram);
        _rig.Faults.Wait(1);
        Assert.Equal([5, 0, 2], Ask(5, 0, 1, 0x0F));
        Assert.Equal([5, 0, 4], Ask([5, 0, 1, 0x05, .. Word(Ram)]));
        Assert.Equal([8, 0], Ask(8, 0, 0x1E, 0, 0, 0));
        Assert.Equal([6, 3, 0, 1, .. _rig.Bus.Bytes[..12]], Ask(6, 0, 3, 0, 0x0F));
        Assert.DoesNotContain(_rig.Rig.Port.Log.Entries, e => e.Event == SharpProbe.Sim.Adi.SwdEvent.ProtocolError);
    }
}
