using System.Buffers.Binary;
using System.Text;
using SharpProbe.Adi;
using SharpProbe.Target;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.Hosting;

/// <summary>Each operation, with a host that speaks gdb's File-I/O by hand.</summary>
public class CallTests
{
    private const uint Block = FakeTarget.RamStart + 0x100, Text = FakeTarget.RamStart + 0x200, Trap = FakeTarget.FlashStart + 0x40;
    private const uint Failure = uint.MaxValue;

    private readonly Rig _rig = new();

    private FakeTarget Target => _rig.Target;

    /// <summary>The program runs into BKPT 0xAB; the packets that gdb gets for it.</summary>
    private List<string> Call(uint operation, uint parameter, params uint[] words)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Target.Flash.AsSpan(0x40), 0xBEAB);
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(Target.Ram.AsSpan((int)(parameter - FakeTarget.RamStart) + i * 4), words[i]);
        (Target.Registers[0], Target.Registers[1], Target.Pc) = (operation, parameter, Trap - 2);
        if (!Target.IsRunning) _rig.Line.Type(Rig.Frame("vCont;c"));
        Target.Next = new(StopReason.Breakpoint);
        // The core goes on for a moment before it stops: the fake's Resume has moved it onto the trap.
        _rig.Poll(1);
        Target.Pc = Trap;
        for (int i = 0; i < 20; i++)
        {
            _rig.Clock.Pass(2);
            _rig.Poll(2);
        }
        return Rig.Bodies(_rig.Output());
    }

    private List<string> CallBlock(uint operation, params uint[] words) => Call(operation, Block, words);

    private List<string> Answer(string body)
    {
        _rig.Line.Type(Rig.Frame(body));
        for (int i = 0; i < 20; i++)
        {
            _rig.Clock.Pass(2);
            _rig.Poll(2);
        }
        return Rig.Bodies(_rig.Output());
    }

    private void Put(string text) => Encoding.ASCII.GetBytes(text + "\0").CopyTo(Target.Ram, (int)(Text - FakeTarget.RamStart));

    private uint R0 => Target.Registers[0];

    private string Console(List<string> packets) =>
        string.Concat(packets.Where(p => p[0] == 'O' && p != "OK").Select(p => Encoding.Latin1.GetString(Convert.FromHexString(p[1..]))));

    private void AssertGoesOn(uint result)
    {
        Assert.Equal(result, R0);
        Assert.True(Target.IsRunning, "the program does not go on");
    }

    [Theory]
    [InlineData(0u, "0")]
    [InlineData(2u, "2")]
    [InlineData(4u, "601")]
    [InlineData(7u, "602")]
    [InlineData(8u, "209")]
    [InlineData(11u, "20a")]
    public void A_file_is_opened_by_gdb_with_the_flags_of_its_mode(uint mode, string flags)
    {
        Put("data.txt");
        Assert.Equal([$"Fopen,20000200/9,{flags},1b4"], CallBlock(1, Text, mode, 8));
        Assert.False(Target.IsRunning);
        Assert.Empty(Answer("F5"));
        AssertGoesOn(6);
    }

    [Fact]
    public void A_file_that_there_is_not_gives_minus_one_and_its_errno()
    {
        Put("none");
        CallBlock(1, Text, 0, 4);
        Answer("F-1,2");
        AssertGoesOn(Failure);
        Call(0x13, 0);
        AssertGoesOn(2);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(4u, 2u)]
    [InlineData(8u, 3u)]
    public void The_console_has_handles_of_its_own(uint mode, uint handle)
    {
        Put(":tt");
        Assert.Empty(CallBlock(1, Text, mode, 3));
        AssertGoesOn(handle);
    }

    [Fact]
    public void Console_text_goes_to_the_UARTs_port_where_it_is_redirected()
    {
        var port = new TextLog();
        _rig.Server.ProgramOutput = port;
        _rig.Ask("qRcmd," + Rig.Digits("redirect_stdout enable"));
        Put("hello");
        Assert.Equal("", Console(Call(4, Text)));
        Assert.Equal("hello", port.Text);
        AssertGoesOn(0);
    }

    [Fact]
    public void A_name_without_an_end_is_refused()
    {
        Put("data.txt");
        Assert.Empty(CallBlock(1, Text, 0, 5));
        AssertGoesOn(Failure);
        CallBlock(1, Text, 0, 100_000);
        AssertGoesOn(Failure);
        CallBlock(1, 0x4000_0000, 0, 5);
        AssertGoesOn(Failure);
    }

    [Fact]
    public void What_is_written_to_the_console_comes_to_gdb()
    {
        Put("hello\n");
        Assert.Equal("hello\n", Console(CallBlock(5, 2, Text, 6)));
        AssertGoesOn(0);
        Assert.Equal("hello\n", Console(Call(4, Text)));
        AssertGoesOn(0);
        Assert.Equal("h", Console(Call(3, Text)));
    }

    [Fact]
    public void A_string_may_end_with_the_memory_that_holds_it()
    {
        Target.Ram.AsSpan(^5..).Fill((byte)'x');
        Target.Ram[^1] = 0;
        Assert.Equal("xxxx", Console(Call(4, FakeTarget.RamStart + (uint)Target.Ram.Length - 5)));
        AssertGoesOn(0);
    }

    [Fact]
    public void A_string_that_runs_out_of_memory_is_an_error_of_the_call()
    {
        Target.Ram.AsSpan(^5..).Fill((byte)'x');
        Call(4, FakeTarget.RamStart + (uint)Target.Ram.Length - 5);
        AssertGoesOn(Failure);
    }

    [Fact]
    public void Writing_says_how_much_was_not_written()
    {
        Assert.Equal(["Fwrite,5,20000200,64"], CallBlock(5, 6, Text, 100));
        Answer("F3c");
        AssertGoesOn(40);
        CallBlock(5, 6, Text, 100);
        Answer("F-1,1c");
        AssertGoesOn(100);
    }

    [Theory]
    [InlineData("F64", 0u)]
    [InlineData("F10", 84u)]
    [InlineData("F0", 100u)]
    [InlineData("F-1,9", 100u)]
    [InlineData("F7fffffff", 0u)]
    public void Reading_says_how_much_was_not_read(string answer, uint left)
    {
        Assert.Equal(["Fread,5,20000200,64"], CallBlock(6, 6, Text, 100));
        Answer(answer);
        AssertGoesOn(left);
    }

    [Fact]
    public void The_memory_is_gdbs_while_it_works_for_the_program()
    {
        CallBlock(6, 6, Text, 4);
        Assert.Equal("OK", Assert.Single(Answer("X20000200,4:abcd")));
        Assert.Equal("61626364", Assert.Single(Answer("m20000200,4")));
        Answer("F4");
        AssertGoesOn(0);
    }

    [Fact]
    public void Going_on_is_refused_while_gdb_works_for_the_program()
    {
        CallBlock(6, 6, Text, 4);
        Assert.StartsWith("E.", Assert.Single(Answer("vCont;c")));
        Answer("F4");
        AssertGoesOn(0);
    }

    [Fact]
    public void A_files_length_comes_from_its_state()
    {
        Assert.Equal(["Ffstat,5,ffffff00"], CallBlock(0x0C, 6));
        byte[] state = new byte[64];
        state[34] = 0x12;
        state[35] = 0x34;
        Assert.Equal("OK", Assert.Single(Answer("Mffffff00,40:" + Convert.ToHexStringLower(state))));
        Answer("F0");
        AssertGoesOn(0x1234);
    }

    [Fact]
    public void The_probes_own_window_is_there_only_while_gdb_works()
    {
        Assert.Equal("E01", _rig.Ask("mffffff00,4"));
        CallBlock(0x0C, 6);
        Assert.Equal("00000000", Assert.Single(Answer("mffffff00,4")));
        Assert.Equal("E01", Assert.Single(Answer("mffffff3e,4")));
    }

    [Fact]
    public void The_time_is_gdbs()
    {
        Assert.Equal(["Fgettimeofday,ffffff00,0"], Call(0x11, 0));
        Answer("Mffffff00,c:650000010000000000000000");
        Answer("F0");
        AssertGoesOn(0x6500_0001);
    }

    [Fact]
    public void Other_requests_for_files_reach_gdb()
    {
        Put("a");
        Encoding.ASCII.GetBytes("b\0").CopyTo(Target.Ram, 0x300);
        Assert.Equal(["Flseek,5,1000,0"], CallBlock(0x0A, 6, 0x1000));
        Answer("F1000");
        AssertGoesOn(0);
        Assert.Equal(["Funlink,20000200/2"], CallBlock(0x0E, Text, 1));
        Answer("F0");
        AssertGoesOn(0);
        Assert.Equal(["Frename,20000200/2,20000300/2"], CallBlock(0x0F, Text, 1, FakeTarget.RamStart + 0x300, 1));
        Answer("F-1,d");
        AssertGoesOn(Failure);
        Assert.Equal(["Fisatty,5"], CallBlock(0x09, 6));
        Answer("F0");
        AssertGoesOn(0);
        Assert.Equal(["Fsystem,20000200/2"], CallBlock(0x12, Text, 1));
        Answer("F-1,1");
        AssertGoesOn(Failure);
        Assert.Equal(["Fclose,5"], CallBlock(0x02, 6));
        Answer("F0");
        AssertGoesOn(0);
    }

    [Fact]
    public void A_character_is_read_from_gdbs_input()
    {
        Assert.Equal(["Fread,0,ffffff00,1"], Call(0x07, 0));
        Answer("Xffffff00,1:k");
        Answer("F1");
        AssertGoesOn('k');
        Call(0x07, 0);
        Answer("F0");
        AssertGoesOn(Failure);
    }

    [Fact]
    public void The_features_are_read_like_a_file()
    {
        Put(":semihosting-features");
        CallBlock(1, Text, 0, 21);
        uint handle = R0;
        CallBlock(0x0C, handle);
        AssertGoesOn(5);
        CallBlock(6, handle, Text, 8);
        AssertGoesOn(3);
        Assert.Equal([.. "SHFB"u8, (byte)3], Target.Ram.AsSpan(0x200, 5).ToArray());
        CallBlock(0x0A, handle, 4);
        CallBlock(6, handle, Text, 1);
        AssertGoesOn(0);
        Assert.Equal(3, Target.Ram[0x200]);
    }

    [Fact]
    public void The_program_gets_its_command_line_and_its_heap()
    {
        _rig.Session.SetCommandLine("one two"u8);
        "\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0"u8.CopyTo(Target.Ram.AsSpan(0x400));
        _rig.Session.HeapInfo[2] = 0x2000_5000;
        CallBlock(0x15, Text, 20);
        AssertGoesOn(0);
        Assert.Equal("one two\0", Encoding.ASCII.GetString(Target.Ram.AsSpan(0x200, 8)));
        Assert.Equal(7u, BinaryPrimitives.ReadUInt32LittleEndian(Target.Ram.AsSpan(0x104)));
        CallBlock(0x15, Text, 7);
        AssertGoesOn(Failure);
        CallBlock(0x16, Text);
        AssertGoesOn(0);
        Assert.Equal(0x2000_5000u, BinaryPrimitives.ReadUInt32LittleEndian(Target.Ram.AsSpan(0x208)));
    }

    [Theory]
    [InlineData(0x2_0026u, "W00")]
    [InlineData(0x2_0023u, "W01")]
    public void Exit_ends_the_program(uint reason, string reply) => Assert.Equal([reply], Call(0x18, reason));

    [Fact] public void Exit_extended_has_a_code() => Assert.Equal(["W2a"], CallBlock(0x20, 0x2_0026, 42));

    [Fact]
    public void Times_are_of_the_program()
    {
        _rig.Ask("vRun;");
        uint before = _rig.Clock.Milliseconds;
        Call(0x10, 0);
        Assert.InRange(R0, 0u, (_rig.Clock.Milliseconds - before) / 10);
        CallBlock(0x30, 1, 1);
        AssertGoesOn(0);
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32LittleEndian(Target.Ram.AsSpan(0x104)));
        Call(0x31, 0);
        AssertGoesOn(1000);
    }

    [Fact]
    public void An_operation_that_there_is_not_is_told_once()
    {
        Assert.Contains("operation 0x00000077, which there is not", Console(Call(0x77, 0)));
        AssertGoesOn(Failure);
        Assert.Empty(Call(0x78, 0));
        AssertGoesOn(Failure);
    }

    [Fact]
    public void Without_leave_a_call_fails_and_is_told_once()
    {
        Assert.Equal("Semihosting: disabled\n|OK", _rig.Monitor("semihosting disable"));
        Put("x");
        Assert.Contains("monitor semihosting enable", Console(Call(4, Text)));
        AssertGoesOn(Failure);
        Assert.Empty(Call(4, Text));
    }

    [Fact]
    public void Ctrl_C_in_gdb_stops_the_program_behind_the_call()
    {
        CallBlock(6, 1, Text, 4);
        Assert.StartsWith("T02", Assert.Single(Answer("F-1,4,C")));
        Assert.Equal(4u, R0);
        Assert.False(Target.IsRunning);
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_is_refused()
    {
        Assert.Equal("E.nothing was asked", _rig.Ask("F0"));
        Assert.StartsWith("E.", _rig.Ask("Fxyz"));
    }

    [Fact]
    public void A_block_that_cannot_be_read_is_an_error_of_the_call()
    {
        Target.Registers[2] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(Target.Flash.AsSpan(0x40), 0xBEAB);
        Call(5, 0x4000_0000);
        AssertGoesOn(Failure);
    }

    [Fact]
    public void Gdbs_own_breakpoint_in_that_place_stops()
    {
        Assert.Equal("OK", _rig.Ask($"Z1,{Trap:x},2"));
        Assert.StartsWith("T05", Call(4, Text)[^1]);
    }

    [Fact]
    public void A_BKPT_of_another_number_stops()
    {
        _rig.Line.Type(Rig.Frame("vCont;c"));
        Target.Next = new(StopReason.Breakpoint);
        _rig.Poll();
        Assert.StartsWith("T05", Rig.Bodies(_rig.Output())[^1]);
    }
}
