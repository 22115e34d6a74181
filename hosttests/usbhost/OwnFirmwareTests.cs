using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The probe's own firmware at the end of the cable.</summary>
public class OwnFirmwareTests
{
    [Theory]
    [InlineData("stlinkv3mini", UsbSpeed.High)]
    [InlineData("stlinkv3mini", UsbSpeed.Full)]
    [InlineData("pybd_sf2", UsbSpeed.High)]
    [InlineData("devebox_h743", UsbSpeed.High)]
    public void It_enumerates_without_a_finding(string board, UsbSpeed port)
    {
        var booted = new BootedBoard(BoardList.Find(board)).Run(50);
        var host = new UsbHost(booted.Machine.Time, port);
        host.Plug(booted.Machine.Usb);
        booted.Run(400);
        Assert.Equal("", string.Join("\n", host.Findings.All));
        Assert.True(host.IsConfigured, host.State.ToString());
        Assert.Equal(["Micropython", "Black Magic GDB Server", "Black Magic UART Port"], host.Ports.Select(p => p.Name));
    }

    [Fact]
    public void Its_console_answers_on_the_first_port()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(50);
        var host = new UsbHost(booted.Machine.Time, UsbSpeed.High);
        host.Plug(booted.Machine.Usb);
        booted.Run(400);
        var port = host.Cdc("Micropython");
        port.Open();
        booted.Run(10);
        port.Write("version\r"u8);
        booted.Run(10);
        Assert.Contains("SharpProbe", System.Text.Encoding.ASCII.GetString(port.ReadAll()));
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Its_console_answers_after_the_host_has_slept(string board)
    {
        var booted = new BootedBoard(BoardList.Find(board)).Run(50);
        var host = new UsbHost(booted.Machine.Time, UsbSpeed.High);
        host.Plug(booted.Machine.Usb);
        booted.Run(400);
        var port = host.Cdc("Micropython");
        port.Open();
        booted.Run(10);
        host.Suspend();
        booted.Run(100);
        host.Resume();
        booted.Run(60);
        port.Write("version\r"u8);
        booted.Run(10);
        Assert.Contains("SharpProbe", System.Text.Encoding.ASCII.GetString(port.ReadAll()));
        Assert.Equal(3, port.SerialState);
        Assert.Equal("", string.Join("\n", host.Findings.All));
    }
}
