using System.Buffers.Binary;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>
/// A probe with its own firmware on a USB cable, a target on its pins, and a plain CMSIS-DAP host at the other end, all in the caller's thread: requests out, responses in, in simulated time. What goes
/// wrong throws.
/// </summary>
public sealed class DapHost
{
    private const byte HidOut = 0x01, HidIn = 0x81, BulkOut = 0x08, BulkIn = 0x88;
    private const ulong Millisecond = TimeBase.Second / 1000;

    /// <summary>Start of an STM32's RAM.</summary>
    public const uint Ram = 0x2000_0000;

    /// <summary>Responses that are asked for ahead.</summary>
    private const int Ahead = 4;

    private readonly Queue<byte[]> _came = [];
    private readonly List<UsbTransfer> _reads = [];
    private readonly byte _out, _in;
    private int _session;
    private readonly CabledProbe _probe;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="hid">CMSIS-DAP v1; otherwise v2.</param>
    /// <param name="target">What is at the pins; null: nothing.</param>
    /// <param name="speed">Of the host's port.</param>
    public DapHost(string board, bool hid, TargetKind? target = TargetKind.Clone, UsbSpeed speed = UsbSpeed.High)
    {
        (_out, _in) = hid ? (HidOut, HidIn) : (BulkOut, BulkIn);
        _probe = new(board, speed, quick: true);
        if (target is { } kind)
        {
            Target = new(Machine, TargetVariant.Of(kind));
            Target.Connect();
        }
        Run(20);
        _probe.Plug();
        Listen();
    }

    public Machine Machine => _probe.Machine;

    public Stm32F103? Target { get; }

    public UsbHost Usb => _probe.Host;

    /// <summary>Responses that nobody has taken.</summary>
    public int Waiting => _came.Count;

    /// <summary>Bytes of the largest packet.</summary>
    public int Packet => Usb.Speed == UsbSpeed.High ? 512 : 64;

    /// <summary>Counts cycles by function from here on.</summary>
    public Profile Profile() => _probe.Profile();

    private bool Hid => _out == HidOut;

    public void Run(ulong milliseconds) => RunFor(milliseconds * Millisecond);

    public void RunFor(ulong time)
    {
        Machine.RunFor(time);
        if (Machine.Stopped is { } stop) throw new IOException($"the bench stopped: {stop.Message} at 0x{stop.Pc:X8}");
        if (Target?.Stopped is { } halt) throw new IOException($"the target stopped: {halt.Message}");
    }

    /// <summary>The bus is reset, as a kernel does it for a program that begins anew.</summary>
    public void Reset()
    {
        _session++;
        _reads.Clear();
        Usb.Reset();
        _probe.AwaitConfigured();
        _came.Clear();
        Listen();
    }

    /// <summary>As when a program is killed: its reads are taken back, and what came is forgotten. The probe sees nothing of it.</summary>
    public void Reopen()
    {
        _session++;
        foreach (UsbTransfer read in _reads.ToArray()) Usb.Cancel(read);
        _reads.Clear();
        _came.Clear();
        Listen();
    }

    public void Send(byte[] request) => Usb.Transfer(_out, Hid ? [.. request, .. new byte[Packet - request.Length]] : request);

    /// <param name="milliseconds">Longest wait.</param>
    public byte[] Receive(int milliseconds = 2000) => TryReceive((ulong)milliseconds * Millisecond) ?? throw new IOException("no answer");

    /// <summary>Null: none came in that time.</summary>
    public byte[]? TryReceive(ulong time)
    {
        for (ulong end = Usb.Time.Now + time; _came.Count == 0 && Usb.Time.Now < end;) RunFor(Millisecond / 50);
        return _came.TryDequeue(out byte[]? answer) ? answer : null;
    }

    public byte[] Ask(params byte[] request)
    {
        Send(request);
        return Receive();
    }

    /// <summary>Asks, and holds the beginning of the answer against what it must be.</summary>
    public byte[] Expect(ReadOnlySpan<byte> start, params byte[] request)
    {
        byte[] answer = Ask(request);
        if (!answer.AsSpan().StartsWith(start)) throw new IOException($"{Convert.ToHexString(request)} was answered {Convert.ToHexString(answer)}, not {Convert.ToHexString(start)}");
        return answer;
    }

    /// <summary>SWD at a clock in Hz, powered up, AP 0 with words that increment.</summary>
    public void Connect(uint hertz)
    {
        Expect([2, 1], 2, 1);
        Clock(hertz);
        Expect([0x12, 0], [0x12, 136, .. Ones(7), 0x9E, 0xE7, .. Ones(7), 0]);
        Expect([5, 1, 1], 5, 0, 1, 2);
        Expect([5, 3, 1], [5, 0, 3, 0x00, .. Word(0x1E), 0x08, .. Word(0), 0x04, .. Word(0x5000_0000)]);
        Expect([5, 1, 1], [5, 0, 1, 0x01, .. Word(0x2300_0052)]);
    }

    /// <summary>As <see cref="Connect"/>, by JTAG: the target's TAPs are a debug port with 4 bits of instruction register, at TDO, and one with 5.</summary>
    public void ConnectJtag(uint hertz)
    {
        Expect([2, 2], 2, 2);
        Clock(hertz);
        Expect([0x15, 0], 0x15, 2, 4, 5);
        Expect([0x12, 0], [0x12, 80, .. Ones(7), 0x3C, 0xE7, 0x7F]);
        Expect([5, 3, 1], [5, 0, 3, 0x04, .. Word(0x5000_0032), 0x08, .. Word(0), 0x04, .. Word(0x5000_0032)]);
        Expect([5, 1, 1], [5, 0, 1, 0x01, .. Word(0x2300_0052)]);
    }

    public void Clock(uint hertz) => Expect([0x11, 0], [0x11, .. Word(hertz)]);

    /// <summary>Requests of which so many are under way, as DAP_Info allows; the responses come in order.</summary>
    public void Pipelined(int count, int depth, Func<int, byte[]> request, Action<int, byte[]> take)
    {
        int sent = 0;
        for (int i = 0; i < count; i++)
        {
            while (sent < count && sent - i < depth) Send(request(sent++));
            take(i, Receive());
        }
    }

    /// <summary>Puts data into a target's RAM by TAR and TransferBlock in each packet, and reads them back.</summary>
    /// <param name="kib">How much; the target counts its address up within a KiB only.</param>
    public DapSpeed Move(int kib, int depth)
    {
        int words = WordsAPacket, inKib = 1024 / (words * 4), blocks = kib * inKib;
        uint Address(int i) => Ram + (uint)(i / inKib * 1024 + i % inKib * words * 4);
        byte[] data = new byte[blocks * words * 4], back = new byte[data.Length];
        new Random(1).NextBytes(data);
        double written = Timed(() => Pipelined(blocks, depth, i => [0x7F, 2, 5, 0, 1, 0x05, .. Word(Address(i)), 6, 0, (byte)words, 0, 0x0D, .. data.AsSpan(i * words * 4, words * 4)], (_, a) => Check(a, words)));
        double read = Timed(() => Pipelined(blocks, depth, i => [0x7F, 2, 5, 0, 1, 0x05, .. Word(Address(i)), 6, 0, (byte)words, 0, 0x0F], (i, a) =>
        {
            Check(a, words);
            a.AsSpan(9, words * 4).CopyTo(back.AsSpan(i * words * 4));
        }));
        if (!back.AsSpan().SequenceEqual(data)) throw new IOException("what was read is not what was written");
        return new(data.Length / 1000.0 / written, data.Length / 1000.0 / read);
    }

    /// <summary>Bytes that <see cref="Move"/> moves each way: whole packets only.</summary>
    public int Moved(int kib) => kib * (1024 / (WordsAPacket * 4)) * WordsAPacket * 4;

    private int WordsAPacket => (Packet - 16) / 4;

    public static byte[] Word(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Ones(int count)
    {
        byte[] bytes = new byte[count];
        Array.Fill(bytes, (byte)0xFF);
        return bytes;
    }

    private static void Check(byte[] answer, int words)
    {
        if (!answer.AsSpan().StartsWith((byte[])[0x7F, 2, 5, 1, 1, 6, (byte)words, 0, 1])) throw new IOException($"a block of {words} words was answered {Convert.ToHexString(answer)}");
    }

    private double Timed(Action action)
    {
        ulong start = Machine.Time.Now;
        action();
        return (Machine.Time.Now - start) / (double)TimeBase.Second;
    }

    private void Listen()
    {
        for (int i = 0; i < Ahead; i++) Fetch();
    }

    private void Fetch()
    {
        int session = _session;
        UsbTransfer read = Usb.Transfer(_in, new byte[Packet], transfer =>
        {
            _reads.Remove(transfer);
            // One of before a reset may be told after it.
            if (transfer.Status != UsbTransferStatus.Ok || session != _session) return;
            _came.Enqueue(transfer.Data.ToArray());
            Fetch();
        });
        _reads.Add(read);
    }
}
