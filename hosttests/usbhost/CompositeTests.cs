using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The functions of the probe's own firmware beside its serial ports, on each board and speed.</summary>
public class CompositeTests
{
    private const byte HidOut = 0x01, HidIn = 0x81, BulkOut = 0x08, BulkIn = 0x88;
    private const int Dfu = 8;

    private readonly List<byte[]> _came = [];
    private BootedBoard _booted = null!;
    private UsbHost _host = null!;

    public static TheoryData<string, UsbSpeed> All => new()
    {
        { "stlinkv3mini", UsbSpeed.High }, { "stlinkv3mini", UsbSpeed.Full }, { "pybd_sf2", UsbSpeed.High }, { "devebox_h743", UsbSpeed.High }, { "devebox_h750", UsbSpeed.High },
    };

    private void Plug(string board, UsbSpeed port)
    {
        _booted = new BootedBoard(BoardList.Find(board)).Run(50);
        _host = new UsbHost(_booted.Machine.Time, port);
        _host.Plug(_booted.Machine.Usb);
        _booted.Run(400);
        Assert.True(_host.IsConfigured, _host.State.ToString());
    }

    private int Packet => _host.Speed == UsbSpeed.High ? 512 : 64;

    private void Listen(int endpoint) => _host.Transfer(endpoint, new byte[Packet], t =>
    {
        if (t.Status != UsbTransferStatus.Ok) return;
        _came.Add(t.Data.ToArray());
        Listen(endpoint);
    });

    private void AssertSound() => Assert.Equal("", string.Join("\n", _host.Findings.All));

    [Theory, MemberData(nameof(All))]
    public void It_asks_for_WinUSB_and_describes_its_reports(string board, UsbSpeed port)
    {
        Plug(board, port);
        AssertSound();
        Assert.Equal([7, Dfu], _host.Identity.WinUsb.Keys.Order());
        Assert.Equal((Packet, Packet, 0), (_host.Identity.Reports[6].Input, _host.Identity.Reports[6].Output, _host.Identity.Reports[6].Feature));
    }

    [Theory, MemberData(nameof(All))]
    public void Every_CMSIS_DAP_packet_gets_one_answer(string board, UsbSpeed port)
    {
        Plug(board, port);
        Listen(BulkIn);
        for (int i = 0; i < 20; i++) _host.Transfer(BulkOut, i % 3 == 0 ? new byte[Packet] : [0, 4]);
        _booted.Run(20);
        Assert.Equal(20, _came.Count);
        for (int i = 0; i < 20; i++) Assert.Equal(i % 3 == 0 ? [0, 0] : [0, 6, .. "2.1.0\0"u8], _came[i]);
        _came.Clear();
        Listen(HidIn);
        for (int i = 0; i < 20; i++) _host.Transfer(HidOut, new byte[Packet]);
        _booted.Run(60);
        Assert.Equal(20, _came.Count);
        Assert.All(_came, answer => Assert.Equal(new byte[Packet], answer));
        AssertSound();
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void In_trace_mode_gdb_and_CMSIS_DAP_answer_and_the_console_is_not_there(string board)
    {
        _booted = new BootedBoard(BoardList.Find(board)).Run(60);
        _booted.Type("settings usb_mode trace", 1200);
        _booted.Machine.PowerOn();
        _booted.Run(50);
        _host = new UsbHost(_booted.Machine.Time, UsbSpeed.High);
        _host.Plug(_booted.Machine.Usb);
        _booted.Run(400);
        AssertSound();
        Assert.Equal(["Black Magic GDB Server", "Black Magic UART Port"], _host.Ports.Select(p => p.Name));
        Assert.Equal([5, 6], _host.Identity.WinUsb.Keys.Order());
        Listen(BulkIn);
        _host.Transfer(BulkOut, [0xFF]);
        var gdb = _host.Cdc("GDB");
        gdb.Open();
        _booted.Run(10);
        gdb.Write("+$?#3f"u8);
        _booted.Run(20);
        Assert.Equal([0xFF], Assert.Single(_came));
        Assert.StartsWith("+$", System.Text.Encoding.ASCII.GetString(gdb.ReadAll()));
        AssertSound();
    }

    [Fact]
    public void In_trace_mode_the_examination_finds_nothing_either()
    {
        _booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        _booted.Type("settings usb_mode trace", 1200);
        _booted.Machine.PowerOn();
        _booted.Run(50);
        _host = new UsbHost(_booted.Machine.Time, UsbSpeed.High);
        _host.Plug(_booted.Machine.Usb);
        _booted.Run(400);
        var examination = new UsbExamination(_host);
        var run = examination.Run();
        for (int i = 0; i < 300 && !run.IsCompleted; i++) _booted.Run(100);
        Assert.True(run.IsCompleted, examination.Current?.ToString());
        Assert.Equal("", string.Join("\n", examination.Results.SelectMany(r => r.Complaints)));
    }

    [Fact]
    public void An_answer_that_nobody_fetched_is_gone_after_the_end_of_a_halt()
    {
        Plug("stlinkv3mini", UsbSpeed.High);
        for (int i = 0; i < 3; i++) _host.Transfer(BulkOut, [0, 4]);
        _booted.Run(10);
        _host.ClearHalt(BulkIn);
        _booted.Run(10);
        Listen(BulkIn);
        _booted.Run(10);
        Assert.Empty(_came);
        _host.Transfer(BulkOut, [0, 4]);
        _booted.Run(10);
        Assert.Single(_came);
        AssertSound();
    }

    [Theory]
    [InlineData("stlinkv3mini", 0x2000FFF8u)]
    [InlineData("pybd_sf2", 0x2000FFF8u)]
    [InlineData("devebox_h743", 0x2001FFF8u)]
    [InlineData("devebox_h750", 0x2001FFF8u)]
    public void DETACH_is_answered_and_then_the_probe_starts_anew_with_the_magic_of_the_boot_loader(string board, uint at)
    {
        Plug(board, UsbSpeed.High);
        var detach = _host.Control(new(0x21, 0, 1000, Dfu, 0));
        AssertLeaves(at, () => Assert.True(detach.IsCompleted, "DETACH was not answered"));
    }

    [Fact]
    public void Closing_the_console_at_1200_baud_leads_to_the_boot_loader()
    {
        Plug("stlinkv3mini", UsbSpeed.High);
        var port = _host.Cdc("Micropython");
        port.Open();
        _booted.Run(10);
        _host.Control(CdcLine.SetCoding(0), new CdcLine(1200).ToBytes());
        _booted.Run(10);
        port.Close();
        AssertLeaves(0x2000FFF8, () => { });
    }

    [Fact]
    public void The_console_command_leads_to_the_boot_loader_after_its_answer()
    {
        Plug("devebox_h743", UsbSpeed.High);
        var port = _host.Cdc("Micropython");
        port.Open();
        _booted.Run(10);
        port.Write("bootloader\r"u8);
        AssertLeaves(0x2001FFF8, () => Assert.Contains("0483:df11", System.Text.Encoding.ASCII.GetString(port.ReadAll())));
    }

    private void AssertLeaves(uint at, Action answered)
    {
        bool left = false;
        int resets = 0;
        _host.StateChanged += state => left |= state is UsbHostState.Powered or UsbHostState.Unplugged;
        _booted.Machine.WasReset += (_, _) => resets++;
        _booted.Run(15);
        answered();
        _booted.Run(45);
        Assert.True(left, "the probe did not leave the bus");
        Assert.Equal(1, resets);
        Assert.Equal(0x544F4F42u, _booted.Machine.Bus.Read(at, 4));
        Assert.Equal(~0x544F4F42u, _booted.Machine.Bus.Read(at + 4, 4));
    }
}
