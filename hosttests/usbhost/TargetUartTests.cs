using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The third USB port and the board's UART to the target, with the probe's own firmware between them.</summary>
public class TargetUartTests
{
    private readonly List<byte> _atTarget = [];
    private BootedBoard _board = null!;
    private UsbHost _host = null!;
    private CdcPort _port = null!;
    private SerialHost _target = null!;

    private static byte[] Pattern(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + i / 256 + seed))];

    private static (string Tx, string Rx) Pins(string board) => board switch
    {
        "stlinkv3mini" => ("PG14", "PG9"),
        "pybd_sf2" => ("PA9", "PA10"),
        _ => ("PE8", "PE7"),
    };

    private void Start(string board, CdcLine line)
    {
        _board = new BootedBoard(BoardList.Find(board)).Run(50);
        var (tx, rx) = Pins(board);
        _target = _board.Machine.Serial(tx, rx);
        _target.Baud = line.Baud;
        _target.Received += (word, _, good) =>
        {
            Assert.True(good, $"a damaged frame after {_atTarget.Count} bytes");
            _atTarget.Add((byte)word);
        };
        _host = new UsbHost(_board.Machine.Time, UsbSpeed.High);
        _host.Plug(_board.Machine.Usb);
        _board.Run(400);
        _port = _host.Cdc("Black Magic UART Port");
        _port.Open(line);
        _board.Run(10);
    }

    [Theory]
    [InlineData("stlinkv3mini", 115_200)]
    [InlineData("stlinkv3mini", 1_000_000)]
    [InlineData("stlinkv3mini", 3_000_000)]
    [InlineData("pybd_sf2", 3_000_000)]
    [InlineData("devebox_h743", 115_200)]
    [InlineData("devebox_h743", 3_000_000)]
    [InlineData("devebox_h750", 1_000_000)]
    public void Four_kilobytes_pass_each_way_at_once(string board, int baud)
    {
        Start(board, new CdcLine((uint)baud));
        byte[] there = Pattern(4096, 1), back = Pattern(4096, 99);
        _port.Write(there);
        _target.Send(back);
        _board.Run(20 + 4096 * 10 * 1000 / baud);
        Assert.Equal(there, _atTarget);
        Assert.Equal(back, _port.ReadAll());
        Assert.Equal("", string.Join("\n", _host.Findings.All));
    }

    [Fact]
    public void A_program_that_stops_reading_for_a_while_gets_everything_once()
    {
        Start("stlinkv3mini", new CdcLine(1_000_000));
        _port.Stalled = true;
        byte[] back = Pattern(24_000, 5);                          // the host's pending reads end at the first short packets; the rest waits in the probe
        _target.Send(back[..4000]);
        _board.Run(100);
        var read = new List<byte>(_port.ReadAll());
        Assert.True(read.Count < 4000, "the host took all: nothing was held back");
        _port.Stalled = false;
        _target.Send(back[4000..]);
        for (int i = 0; i < 25; i++)
        {
            _board.Run(10);
            read.AddRange(_port.ReadAll());
        }
        Assert.Equal(back, read);
    }

    [Fact]
    public void A_slow_line_holds_the_host_back()
    {
        Start("stlinkv3mini", new CdcLine(115_200));
        byte[] there = Pattern(12_000, 3);
        _port.Write(there);
        _board.Run(100);
        Assert.InRange(_port.BytesSent, 4096, 10_000);
        _board.Run(1000);
        Assert.Equal(there, _atTarget);
    }

    [Theory]
    [InlineData(1, 2, 7, SerialParity.Even)]
    [InlineData(0, 1, 7, SerialParity.Odd)]
    [InlineData(2, 1, 8, SerialParity.Odd)]
    [InlineData(0, 0, 7, SerialParity.None)]
    public void The_format_follows_the_host(int stopBits, int parity, int dataBits, SerialParity expected)
    {
        Start("stlinkv3mini", new CdcLine(57_600));
        (_target.DataBits, _target.Parity, _target.StopBits) = (dataBits, expected, 2);
        _port.SetLine(new CdcLine(57_600, stopBits, parity, dataBits));
        _board.Run(5);
        _port.Write("Hello"u8);
        _target.Send("World"u8);
        _board.Run(10);
        Assert.Equal("Hello", Encoding.ASCII.GetString([.. _atTarget]));
        Assert.Equal("World", Encoding.ASCII.GetString(_port.ReadAll()));
    }

    [Theory]
    [InlineData(20_000_000, 0, 8)]
    [InlineData(300, 0, 8)]
    [InlineData(115_200, 3, 8)]
    [InlineData(115_200, 0, 5)]
    public void What_the_UART_cannot_do_leaves_it_as_it_was(int baud, int parity, int dataBits)
    {
        Start("stlinkv3mini", new CdcLine(57_600));
        _port.SetLine(new CdcLine((uint)baud, 0, parity, dataBits));
        _board.Run(5);
        _port.Write("still here"u8);
        _board.Run(10);
        Assert.Equal("still here", Encoding.ASCII.GetString([.. _atTarget]));
    }

    [Fact]
    public void A_new_speed_counts_from_its_place_among_the_bytes()
    {
        Start("stlinkv3mini", new CdcLine(38_400));
        _port.Write(Pattern(500, 0));
        _board.Run(2);
        _port.SetLine(new CdcLine(1_000_000));
        _board.Run(200);
        Assert.Equal(Pattern(500, 0), _atTarget);
        _target.Baud = 1_000_000;
        _port.Write("fast"u8);
        _board.Run(5);
        Assert.Equal("fast", Encoding.ASCII.GetString([.. _atTarget[500..]]));
    }

    [Fact]
    public void A_break_lasts_as_long_as_asked_and_bytes_wait_for_its_end()
    {
        Start("stlinkv3mini", new CdcLine(115_200));
        _target.Baud = 20;                                         // so that the break is no frame to it; its decoder sees the edges only
        ulong low = 0, high = 0;
        _board.Machine.Pin("PG14").Net.Changed += c =>
        {
            if (c.After == Level.Low && low == 0) low = c.Time;
            else if (low != 0 && high == 0 && c.After != Level.Low) high = c.Time;
        };
        _ = _host.Control(new UsbSetup(0x21, 0x23, 30, 4, 0));
        _board.Run(5);
        _port.Write("x"u8);
        _board.Run(60);
        Assert.InRange((high - low) / (TimeBase.Second / 1_000_000), 29_000u, 32_000u);
    }
}
