using System.Text;
using SharpProbe.App;
using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

public class CommandTests
{
    private static string Execute(string line) => Text.Of((ref ByteWriter reply) => Commands.Execute(Text.Bytes(line), 1234, ref reply));

    [Fact]
    public void Uptime_is_told_in_milliseconds() => Assert.Equal("1234 ms\r\n", Execute("uptime"));

    [Theory]
    [InlineData("fly")]
    [InlineData("crash gently")]
    public void What_it_does_not_know_is_left_to_the_monitor(string line)
    {
        Span<byte> buffer = stackalloc byte[64];
        var reply = new ByteWriter(buffer);
        Assert.Equal(CommandOutcome.Unknown, Commands.Execute(Text.Bytes(line), 1234, ref reply));
    }

    [Fact]
    public void A_line_can_be_corrected_with_backspace()
    {
        var line = new CommandLine();
        foreach (byte key in Text.Bytes("helx\bp")) Assert.False(line.Accept(key));
        Assert.True(line.Accept((byte)'\r'));
        Assert.Equal("help", Encoding.ASCII.GetString(line.Text));
    }

    [Fact]
    public void A_line_longer_than_the_buffer_keeps_its_beginning()
    {
        var line = new CommandLine();
        for (int i = 0; i < 1000; i++) line.Accept((byte)('a' + i % 26));
        Assert.True(line.Accept((byte)'\n'));
        Assert.Equal(80, line.Text.Length);
    }

    [Fact]
    public void An_empty_line_is_no_command() => Assert.False(new CommandLine().Accept((byte)'\r'));
}
