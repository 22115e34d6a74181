using System.Text;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public class RspTurnTests
{
    private readonly RspTurn _turn = new();

    private bool Gdb(string text)
    {
        _turn.Sent(Encoding.Latin1.GetBytes(text), 0);
        return _turn.DeviceOwes(0);
    }

    private bool Server(string text)
    {
        _turn.Received(Encoding.Latin1.GetBytes(text), 0);
        return _turn.DeviceOwes(0);
    }

    [Fact] public void A_packet_is_owed_an_answer_and_an_acknowledgement_is_none()
    {
        Assert.True(Gdb("$g#67"));
        Assert.True(Server("+"));
        Assert.True(Server("$0011#"));
        Assert.False(Server("c2"));
        Assert.False(Gdb("+"));
    }

    [Fact] public void Half_a_packet_owes_nothing_yet()
    {
        Assert.False(Gdb("$m0,4#"));
        Assert.False(Gdb("f"));
        Assert.True(Gdb("d"));
    }

    [Fact] public void Console_output_is_no_answer_but_OK_is()
    {
        Gdb("$qRcmd,68#00");
        Assert.True(Server("$O414243#00"));
        Assert.False(Server("$OK#9a"));
    }

    [Fact] public void A_running_target_owes_until_it_stops()
    {
        Gdb("$vCont;c#a8");
        Assert.True(Gdb("+"));
        Assert.True(Server("$O41#00"));
        Assert.False(Server("$T05thread:1;#00"));
    }

    [Fact] public void Ctrl_C_alone_is_owed_an_answer_and_inside_a_binary_packet_it_is_data()
    {
        Assert.False(Gdb("$X0,1:\x03#"));
        Server("");
        Assert.True(Gdb("00"));
        Assert.False(Server("$OK#9a"));
        Assert.True(Gdb("\x03"));
    }
}
