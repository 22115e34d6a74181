using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;
using Xunit.Abstractions;
using static SharpProbe.Tests.Dap.DapRig;

namespace SharpProbe.Tests.Dap;

/// <summary>The probe's own firmware on the bench, a simulated STM32F103 on its wire and a CMSIS-DAP host on its cable.</summary>
public class BenchTests(ITestOutputHelper output)
{
    private const byte HidOut = 0x01, HidIn = 0x81, BulkOut = 0x08, BulkIn = 0x88;
    private const ulong Millisecond = TimeBase.Second / 1000;
    private const uint Ram = 0x2000_0000;

    private readonly Queue<byte[]> _came = [];
    private Machine _machine = null!;
    private UsbHost _host = null!;
    private byte _out = BulkOut, _in = BulkIn;

    private int Packet => _host.Speed == UsbSpeed.High ? 512 : 64;

    private BenchTests Plugged(string board, bool hid, UsbSpeed speed = UsbSpeed.High)
    {
        (_out, _in) = hid ? (HidOut, HidIn) : (BulkOut, BulkIn);
        _machine = new(BoardList.Find(board));
        _machine.Load(ElfFile.Read(BootedBoard.Firmware(board)));
        new Stm32F103(_machine, TargetKind.Clone).Connect();
        _host = new(_machine.Time, speed) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        Run(20);
        _host.Plug(_machine.Usb);
        for (int i = 0; i < 500 && !_host.IsConfigured; i++) Run(1);
        Assert.True(_host.IsConfigured, _host.State.ToString());
        Listen();
        return this;
    }

    private void Run(ulong milliseconds) => RunFor(milliseconds * Millisecond);

    private void RunFor(ulong time)
    {
        _machine.RunFor(time);
        Assert.True(_machine.Stopped is null, $"the bench stopped: {_machine.Stopped?.Message} at 0x{_machine.Stopped?.Pc:X8}");
    }

    private void Listen()
    {
        for (int i = 0; i < 4; i++) Fetch();
    }

    private void Fetch() => _host.Transfer(_in, new byte[Packet], t =>
    {
        if (t.Status != UsbTransferStatus.Ok) return;
        _came.Enqueue(t.Data.ToArray());
        Fetch();
    });

    private void Send(byte[] request) => _host.Transfer(_out, _out == HidOut ? [.. request, .. new byte[Packet - request.Length]] : request);

    private byte[] Receive()
    {
        for (int i = 0; i < 100_000 && _came.Count == 0; i++) RunFor(Millisecond / 50);
        Assert.True(_came.TryDequeue(out byte[]? answer), "no answer");
        return answer;
    }

    private byte[] Ask(params byte[] request)
    {
        Send(request);
        return Receive();
    }

    private static byte[] Ones(int count) => Enumerable.Repeat((byte)0xFF, count).ToArray();

    private void Connect()
    {
        Assert.Equal([2, 1], Ask(2, 1)[..2]);
        Assert.Equal([0x11, 0], Ask([0x11, .. Word(50_000_000)])[..2]);
        Assert.Equal([0x12, 0], Ask([0x12, 136, .. Ones(7), 0x9E, 0xE7, .. Ones(7), 0])[..2]);
        Assert.Equal([5, 1, 1, .. Word(0x2BA0_1477)], Ask(5, 0, 1, 2)[..7]);
        Assert.Equal([5, 3, 1], Ask([5, 0, 3, 0x00, .. Word(0x1E), 0x08, .. Word(0), 0x04, .. Word(0x5000_0000)])[..3]);
        Assert.Equal([5, 1, 1], Ask([5, 0, 1, 0x01, .. Word(0x2300_0052)])[..3]);
    }

    public static TheoryData<string, bool> Boards => new()
    {
        { "stlinkv3mini", false }, { "stlinkv3mini", true }, { "pybd_sf2", false }, { "devebox_h743", false }, { "devebox_h743", true }, { "devebox_h750", false },
    };

    [Theory, MemberData(nameof(Boards))]
    public void Memory_of_a_target_is_written_and_read_through_TransferBlock(string board, bool hid)
    {
        Plugged(board, hid);
        Assert.Equal([0, 6, .. "2.1.0\0"u8], Ask(0, 4)[..8]);
        Assert.Equal([0, 1, 0x31], Ask(0, 0xF0)[..3]);
        Assert.Equal([0, 2, .. BitConverter.GetBytes((ushort)Packet)], Ask(0, 0xFF)[..4]);
        Connect();
        // TAR counts up within a KiB only: no block lies across.
        int words = (Packet - 16) / 4, inKib = 1024 / (words * 4), blocks = 16 * inKib;
        uint Address(int i) => Ram + (uint)(i / inKib * 1024 + i % inKib * words * 4);
        var data = new byte[blocks * words * 4];
        new Random(1).NextBytes(data);
        ulong start = _machine.Time.Now;
        Pipelined(blocks, i => [0x7F, 2, 5, 0, 1, 0x05, .. Word(Address(i)), 6, 0, (byte)words, 0, 0x0D, .. data.AsSpan(i * words * 4, words * 4)], i => { }, 8);
        double write = data.Length / 1000.0 / Seconds(start);
        var back = new byte[data.Length];
        start = _machine.Time.Now;
        Pipelined(blocks, i => [0x7F, 2, 5, 0, 1, 0x05, .. Word(Address(i)), 6, 0, (byte)words, 0, 0x0F], answer => answer.Answer.AsSpan(9, words * 4).CopyTo(back.AsSpan(answer.Index * words * 4)), 8);
        double read = data.Length / 1000.0 / Seconds(start);
        output.WriteLine(FormattableString.Invariant($"{board} {(hid ? "HID" : "bulk")}, packets of {Packet}: write {write:F0} kB/s, read {read:F0} kB/s"));
        Assert.Equal(data, back);
        Assert.Equal([3, 0], Ask(3)[..2]);
        Assert.Equal("", string.Join("\n", _host.Findings.All));
    }

    private static int Deaths => int.TryParse(Environment.GetEnvironmentVariable("SHARPPROBE_DAP_DEATHS"), out int deaths) ? deaths : 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_that_dies_in_the_middle_leaves_nothing_to_the_next(bool hid)
    {
        Plugged("stlinkv3mini", hid);
        var random = new Random(1);
        for (int i = 0; i < Deaths; i++)
        {
            Connect();
            if (random.Next(2) == 0) Ask([4, 0, .. BitConverter.GetBytes((ushort)0xFFFF), 0, 0]);
            if (random.Next(3) == 0) Ask([0x11, .. Word(20_000)]);
            int waiting = random.Next(1, 12);
            for (int k = 0; k < waiting; k++) Send(random.Next(3) == 0 ? [9, 0xFF, 0xFF] : [6, 0, 100, 0, 0x0F]);
            RunFor((ulong)random.Next(1, 3000) * (Millisecond / 1000));
            // The kernel resets the device for the next one.
            _host.Reset();
            for (int ms = 0; ms < 500 && !_host.IsConfigured; ms++) Run(1);
            _came.Clear();
            Listen();
            Assert.Equal([0, 6, .. "2.1.0\0"u8], Ask(0, 4)[..8]);
        }
        Run(100);
        Assert.Empty(_came);
    }

    private double Seconds(ulong start) => (_machine.Time.Now - start) / (double)TimeBase.Second;

    /// <summary>As hosts do it: so many requests under way, as DAP_Info allows.</summary>
    private void Pipelined(int count, Func<int, byte[]> request, Action<(int Index, byte[] Answer)> take, int depth)
    {
        int sent = 0;
        for (int i = 0; i < count; i++)
        {
            while (sent < count && sent - i < depth)
            {
                byte[] packet = request(sent++);
                Assert.True(packet.Length <= Packet, $"{packet.Length}");
                Send(packet);
            }
            byte[] answer = Receive();
            Assert.Equal([0x7F, 2, 5, 1, 1, 6], answer[..6]);
            Assert.Equal(1, answer[8]);
            take((i, answer));
        }
    }
}
