using SharpProbe.Wire;

namespace SharpProbe.Tests.Dap;

/// <summary>What each command answers, and what is cut short.</summary>
public class CommandTests
{
    private readonly DapRig _rig = new();

    private byte[] Ask(params byte[] request) => _rig.Ask(request);

    [Theory]
    [InlineData(0x02, "SharpProbe CMSIS-DAP")]
    [InlineData(0x04, "2.1.0")]
    [InlineData(0x09, "1.2.3")]
    public void Info_gives_strings_with_their_zero(byte id, string text) =>
        Assert.Equal([0, (byte)(text.Length + 1), .. System.Text.Encoding.ASCII.GetBytes(text), 0], Ask(0, id));

    [Theory]
    [InlineData(0x05)]
    [InlineData(0x08)]
    [InlineData(0x0A)]
    [InlineData(0xFA)]
    public void Info_gives_nothing_for_what_there_is_not(byte id) => Assert.Equal([0, 0], Ask(0, id));

    [Fact]
    public void Info_gives_the_transport_s_own_packet_size()
    {
        Assert.Equal([0, 2, 64, 0], _rig.Ask([0, 0xFF], 64));
        Assert.Equal([0, 2, 0, 2], _rig.Ask([0, 0xFF], 512));
        Assert.Equal([0, 1, 8], Ask(0, 0xFE));
    }

    [Fact]
    public void Capabilities_claim_SWD_JTAG_SWO_atomic_commands_the_timer_and_the_UART_and_nothing_else() => Assert.Equal([0, 1, 0xB7], Ask(0, 0xF0));

    [Fact]
    public void A_string_that_does_not_fit_is_left_out() => Assert.Equal([0, 0], _rig.Ask([0, 2], 8));

    [Theory]
    [InlineData(0x0B)]
    [InlineData(0x24)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Commands_that_there_are_not_are_answered_with_FF(byte id) => Assert.Equal([0xFF], Ask(id, 1, 2, 3));

    [Fact]
    public void TransferAbort_and_an_empty_request_have_no_response()
    {
        Assert.Empty(Ask(7));
        Assert.Empty(Ask());
    }

    /// <summary>Each command at its shortest.</summary>
    public static TheoryData<byte[]> Whole => new()
    {
        new byte[] { 0, 1 }, new byte[] { 1, 0, 1 }, new byte[] { 2, 1 }, new byte[] { 4, 0, 1, 0, 1, 0 }, new byte[] { 5, 0, 0 }, new byte[] { 6, 0, 0, 0, 0 }, new byte[] { 8, 0, 0, 0, 0, 0 },
        new byte[] { 9, 0, 0 }, new byte[] { 0x10, 0, 0, 0, 0, 0, 0 }, new byte[] { 0x11, 0, 0, 0x10, 0 }, new byte[] { 0x12, 9, 0, 0 }, (byte[])[0x12, 0, .. new byte[32]], new byte[] { 0x13, 0 },
        new byte[] { 0x1D, 2, 0x85, 9, 0, 0 }, new byte[] { 0x14, 2, 0x85, 1, 9, 0, 0 }, new byte[] { 0x15, 2, 4, 5 }, new byte[] { 0x16, 0 }, new byte[] { 0x7F, 0 }, new byte[] { 0x7E, 0 },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_request_cut_short_anywhere_is_answered_with_FF(byte[] whole)
    {
        Assert.Equal(whole[0] == 0x7E ? 0x7F : whole[0], Ask(whole)[0]);
        for (int length = 1; length < whole.Length; length++)
            Assert.Equal([0xFF], Ask(whole[..length]));
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_response_never_passes_the_end_of_a_small_packet(byte[] whole)
    {
        for (int size = 1; size < 8; size++) Assert.InRange(_rig.Ask(whole, size).Length, 1, size);
    }

    [Fact]
    public void Connect_chooses_SWD_by_default_and_refuses_what_there_is_not()
    {
        Assert.Equal([2, 0], Ask(2, 3));
        Assert.False(_rig.Rig.Connected);
        Assert.Equal([2, 1], Ask(2, 0));
        Assert.True(_rig.Rig.Connected);
    }

    [Fact]
    public void Disconnect_without_Connect_is_harmless()
    {
        Assert.Equal([3, 0], Ask(3));
        Assert.Equal([3, 0], Ask(3));
        _rig.Connected();
    }

    [Fact]
    public void Without_Connect_nothing_reaches_the_wire()
    {
        Assert.Equal([5, 0, 0], Ask(5, 0, 1, 2));
        Assert.Equal([6, 0, 0, 0], Ask(6, 0, 1, 0, 0x0F));
        Assert.Equal([8, 0xFF], Ask(8, 0, 0x1E, 0, 0, 0));
        Assert.Equal([0x12, 0xFF], Ask(0x12, 8, 0xFF));
        Assert.Equal([0x1D, 0xFF], Ask(0x1D, 1, 0x88));
        Assert.Equal([0x14, 0xFF], Ask(0x14, 1, 0x88, 1));
        Assert.Equal([0x15, 0], Ask(0x15, 1, 4));
        Assert.Equal([0x16, 0xFF], Ask(0x16, 0));
    }

    [Fact]
    public void HostStatus_keeps_what_it_is_told()
    {
        Assert.Equal([1, 0], Ask(1, 0, 1));
        Assert.Equal([1, 0], Ask(1, 1, 1));
        Assert.True(_rig.Engine.HostConnected && _rig.Engine.TargetRuns);
        Assert.Equal([1, 0xFF], Ask(1, 2, 1));
    }

    [Fact]
    public void NRESET_obeys_before_Connect_and_stays_through_it()
    {
        Assert.Equal(0, Ask(0x10, 0, 0x80, 0, 0, 0, 0)[1] & 0x80);
        Assert.True(_rig.Rig.ResetHeld);
        Ask(2, 1);
        Assert.True(_rig.Rig.ResetHeld);
        Assert.Equal(0x80, Ask(0x10, 0x80, 0x80, 0, 0, 0, 0)[1] & 0x80);
        Assert.False(_rig.Rig.ResetHeld);
    }

    [Fact]
    public void Pins_wait_for_a_level_and_no_longer_than_told()
    {
        _rig.Rig.ResetPulled = true;
        ulong start = _rig.Rig.Time.Cycles;
        Assert.Equal(0, Ask([0x10, 0x80, 0x80, .. DapRig.Word(20_000)])[1] & 0x80);
        Assert.InRange(_rig.Rig.Time.Cycles - start, 20_000ul * 216, 21_000ul * 216);
        _rig.Turns.Turn = turn => _rig.Rig.ResetPulled = turn < 5;
        _rig.Turns.Begin();
        Assert.Equal(0x80, Ask([0x10, 0x80, 0x80, .. DapRig.Word(uint.MaxValue)])[1] & 0x80);
        Assert.Equal(5, _rig.Turns.Count);
    }

    [Fact]
    public void Pins_show_what_they_were_set_to()
    {
        Ask(2, 1);
        foreach (byte levels in new byte[] { 0, 1, 2, 3 }) Assert.Equal(levels | 0x80, Ask(0x10, levels, 3, 0, 0, 0, 0)[1]);
    }

    [Fact]
    public void Delay_lasts_as_long_as_told_and_leaves_the_rest_of_the_probe_its_turns()
    {
        ulong start = _rig.Rig.Time.Cycles;
        _rig.Turns.Begin();
        Assert.Equal([9, 0], Ask(9, 0x50, 0xC3));
        Assert.InRange(_rig.Rig.Time.Cycles - start, 50_000ul * 216, 50_200ul * 216);
        Assert.True(_rig.Turns.Count > 100);
    }

    [Fact]
    public void A_clock_of_0_Hz_is_an_error()
    {
        Assert.Equal([0x11, 0xFF], Ask(0x11, 0, 0, 0, 0));
        Assert.Equal([0x11, 0], Ask([0x11, .. DapRig.Word(1_000_000)]));
        Assert.InRange(_rig.Rig.Wire.Frequency, 950_000u, 1_000_000u);
        Assert.Equal([0x11, 0], Ask(0x11, 1, 0, 0, 0));
        Assert.InRange(_rig.Rig.Wire.Frequency, 900u, 1_000u);
    }

    [Fact]
    public void ResetTarget_says_that_it_knows_no_sequence() => Assert.Equal([0x0A, 0, 0], Ask(0x0A));

    [Fact]
    public void A_sequence_of_count_0_has_256_bits()
    {
        Ask(2, 1);
        int rises = 0;
        _rig.Rig.Swclk.Changed += change => rises += change.After == SharpProbe.Sim.Pins.Level.High ? 1 : 0;
        Assert.Equal([0x12, 0], Ask([0x12, 0, .. new byte[32]]));
        Assert.Equal(256, rises);
    }

    [Fact]
    public void A_DPIDR_read_by_sequences_alone()
    {
        _rig.Connected();
        byte[] answer = Ask(0x1D, 5, 8, 0xA5, 0x81, 0x83, 0xA1, 0x82);
        Assert.Equal([0x1D, 0], answer[..2]);
        Assert.Equal(1, answer[3] & 7);
        Assert.Equal(0x1BA0_1477u, BitConverter.ToUInt32(answer, 4));
    }

    [Fact]
    public void Sequences_whose_answer_does_not_fit_send_no_clock()
    {
        Ask(2, 1);
        int changes = 0;
        _rig.Rig.Swclk.Changed += _ => changes++;
        Assert.Equal([0x7F, 2, 0x1D, 0xFF, 0x0A, 0, 0], _rig.Ask([0x7F, 2, 0x1D, 2, 0x80, 0x80, 0x0A], 18));
        Assert.Equal(0, changes);
    }

    [Fact]
    public void While_gdb_has_the_wire_the_host_is_told_so()
    {
        _rig.Rig.Wire.Owner.TryTake(WireUser.Gdb);
        Assert.Equal([2, 0], Ask(2, 1));
        Assert.Equal([0x11, 0xFF], Ask(0x11, 0, 0, 0x10, 0));
        Ask(0x10, 0, 0x80, 0, 0, 0, 0);
        Assert.False(_rig.Rig.ResetHeld);
        _rig.Rig.Wire.Owner.Release(WireUser.Gdb);
        Assert.Equal([2, 1], Ask(2, 1));
        Assert.False(_rig.Rig.Wire.Owner.TryTake(WireUser.Gdb));
        Ask(3);
        Assert.True(_rig.Rig.Wire.Owner.TryTake(WireUser.Gdb));
    }

    [Fact]
    public void What_SWD_Configure_set_ends_with_Disconnect_for_others_and_comes_back_with_Connect()
    {
        Ask(2, 1);
        Ask(0x13, 6);
        Ask(3);
        Assert.Equal((1, false), (_rig.Rig.Wire.Turnaround, _rig.Rig.Wire.DataPhase));
        Ask(2, 1);
        Assert.Equal((3, true), (_rig.Rig.Wire.Turnaround, _rig.Rig.Wire.DataPhase));
    }
}
