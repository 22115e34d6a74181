using System.Buffers.Binary;
using System.Text;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>
/// A probe with its own firmware whose SWO pin gets bytes without pause, at any rate, and a host that fetches them in one of three ways and compares every one. For text the bytes are ITM packets of several
/// ports with timestamps, samples and synchronisation between them.
/// </summary>
public sealed class SwoRig
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000, Slice = 20 * Microsecond;
    private const string Uart = "Black Magic UART Port";
    private const byte BulkOut = 0x08, BulkIn = 0x88, SwoIn = 0x83;
    private const int Port = 1, Ahead = 4;

    /// <summary>Bytes after a pause among which the loss is, and so many of them find the place where the stream goes on.</summary>
    private const int Resumed = 40 * 1024, Probe = 64;

    private readonly SwoWay _way;
    private readonly CabledProbe _probe;
    private readonly SerialHost? _source;
    private readonly ManchesterSource? _manchester;
    private readonly Random _random;
    private readonly Queue<byte> _expected = [];
    private readonly Queue<byte[]> _answers = [];
    private readonly byte[] _piece = new byte[64 * 1024];
    private readonly List<byte> _after = [];
    private string? _trouble;
    private bool _paused, _resumes;
    private int _streams;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="way">How the host fetches.</param>
    /// <param name="seed">Of the bytes.</param>
    /// <param name="port">Of the host's port.</param>
    /// <param name="manchester">The line's form; else it is NRZ.</param>
    public SwoRig(string board, SwoWay way, int seed = 1, UsbSpeed port = UsbSpeed.High, bool manchester = false)
    {
        (_way, _random) = (way, new(seed));
        _probe = new(board, port, quick: true);
        var net = Machine.Pin(TargetWiring.Of(board).Swo!).Net;
        if (manchester) _manchester = new(Machine.Nets, "trace source", net);
        else _source = new(Machine.Nets, "trace source", net, null);
        Run(20 * Millisecond);
        if (way == SwoWay.Stream)
        {
            Await("settings usb_mode trace", "usb_mode: trace", 5000 * Millisecond);
            Machine.SystemReset();
            Run(20 * Millisecond);
        }
        _probe.Plug();
        for (int i = 0; i < Ahead; i++) Fetch();
    }

    public Machine Machine => _probe.Machine;
    public UsbHost Host => _probe.Host;

    /// <summary>Bytes that arrived right, and for how long the source sent, in femtoseconds.</summary>
    public long Bytes { get; private set; }

    /// <summary>The rate that the probe says it receives at.</summary>
    public uint Baud { get; private set; }

    /// <summary>Bytes that the host's pause has cost.</summary>
    public long Dropped { get; private set; }

    /// <summary>The status said that bytes were lost.</summary>
    public bool ToldOfLoss { get; private set; }

    /// <summary>As <see cref="Pass"/>, but after a while the host fetches nothing for so long. What comes afterwards must be whole again, without what the probe had no room for.</summary>
    public string? PassWithPause(long bytes, uint baud, ulong pause)
    {
        Machine.Time.After(60 * Millisecond, () => _paused = true);
        Machine.Time.After(60 * Millisecond + pause, () => (_paused, _resumes) = (false, true));
        string? trouble = Pass(bytes, baud);
        if (trouble is null && _way == SwoWay.Stream) ToldOfLoss = Ask(0x1B)[1] == 0x81;
        return trouble;
    }

    /// <summary>Sends so many bytes at a rate. Null: all arrived as they were; else what went wrong.</summary>
    public string? Pass(long bytes, uint baud)
    {
        Begin(baud);
        if (_trouble is null && Baud == 0) return "the probe cannot receive at this rate";
        // The target's rate is what its divider gives; here the one that was asked for.
        ulong bit = TimeBase.Second / baud, bits = 10 * bit;
        _source?.BitTime = bit;
        _manchester?.BitTime = bit;
        ulong sentUntil = Machine.Time.Now + Slice, progress = Machine.Time.Now;
        long sent = 0, seen = 0;
        while (_trouble is null && (sent < bytes || _expected.Count > 0))
        {
            while (sent < bytes && sentUntil < Machine.Time.Now + 3 * Slice)
            {
                byte[] packet = Next();
                _source?.Send(packet);
                _manchester?.Send(packet);
                (sent, sentUntil) = (sent + packet.Length, Math.Max(sentUntil, Machine.Time.Now) + (ulong)packet.Length * bits);
            }
            Run(Slice);
            Take();
            if (Bytes != seen) (seen, progress) = (Bytes, Machine.Time.Now);
            if (_paused) progress = Machine.Time.Now;
            if (Machine.Time.Now - progress > 400 * Millisecond) _trouble ??= $"nothing arrives after {Bytes} bytes; {_expected.Count} are missing";
        }
        return _trouble ?? (Host.Findings.All.Count > 0 ? string.Join("; ", Host.Findings.All) : null);
    }

    private void Begin(uint baud)
    {
        if (_way == SwoWay.Text)
        {
            Host.Cdc(Uart).Open();
            Run(5 * Millisecond);
            string said = Await($"traceswo {(_manchester is null ? "" : "manchester ")}{baud} {Port}", "understood\r\n", 100 * Millisecond);
            int at = said.IndexOf("SWO: ", StringComparison.Ordinal);
            Baud = _manchester is not null && at >= 0 ? baud : at >= 0 && uint.TryParse(said[(at + 5)..].Split(' ')[0], out uint actual) ? actual : 0;
            return;
        }
        Expect([0x17, 0], 0x17, (byte)(_way == SwoWay.Stream ? 2 : 1));
        Expect([0x18, 0], 0x18, (byte)(_manchester is null ? 1 : 2));
        byte[] answer = Ask([0x19, .. DapHost.Word(baud)]);
        Baud = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(1));
        if (Baud == 0) return;
        Expect([0x1A, 0], 0x1A, 1);
        if (_way == SwoWay.Stream)
            for (int i = 0; i < Ahead; i++) FetchStream();
        else
            for (int i = 0; i < Ahead; i++) Host.Transfer(BulkOut, [0x1C, 0xFF, 0xFF]);
    }

    /// <summary>The source's next bytes, and what shall arrive of them.</summary>
    private byte[] Next()
    {
        byte[] packet;
        if (_way != SwoWay.Text)
        {
            packet = new byte[16];
            _random.NextBytes(packet);
            Expected(packet);
            return packet;
        }
        switch (_random.Next(16))
        {
            case 0: return [0, 0, 0, 0, 0, 0x80];
            case 1: return [0xC0, (byte)(_random.Next(128) | 0x80), (byte)_random.Next(128)];
            case 2: return [0x17, 3, 0, 0x11, 0x08];
            case 3: return [(byte)(_random.Next(1, 7) << 4)];
        }
        int code = _random.Next(1, 4), port = _random.Next(4) == 0 ? 0 : Port;
        packet = new byte[1 + (1 << code - 1)];
        _random.NextBytes(packet);
        packet[0] = (byte)(port << 3 | code);
        if (port == Port) Expected(packet.AsSpan(1));
        return packet;
    }

    private void Expected(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) _expected.Enqueue(b);
    }

    private void Take()
    {
        if (_paused) return;
        while (_resumes && _way == SwoWay.Stream && _streams < Ahead) FetchStream();
        if (_way == SwoWay.Text)
        {
            for (int count; (count = Host.Cdc(Uart).Read(_piece)) > 0;) Check(_piece.AsSpan(0, count));
            return;
        }
        while (_answers.TryDequeue(out byte[]? answer))
        {
            if (_way == SwoWay.Stream)
            {
                Check(answer);
                continue;
            }
            int count = BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(2));
            ToldOfLoss |= answer[1] == 0x81;
            if (answer[1] != 1 && !(_resumes && answer[1] == 0x81)) _trouble ??= $"after {Bytes} bytes the status is 0x{answer[1]:X2}";
            Check(answer.AsSpan(4, count));
            Host.Transfer(BulkOut, [0x1C, 0xFF, 0xFF]);
        }
    }

    /// <summary>What is in order up to the loss is behind it: 64 bytes say where the stream goes on.</summary>
    private void FindAfterPause()
    {
        byte[] expected = [.. _expected], sought = [.. _after];
        int same = expected.AsSpan().CommonPrefixLength(sought);
        int at = same + Probe > sought.Length ? 0 : expected.AsSpan(same).IndexOf(sought.AsSpan(same, Probe));
        if (at < 0)
        {
            _trouble ??= "what arrives after the pause was never sent";
            return;
        }
        (Dropped, _resumes) = (at, false);
        for (int i = 0; i < same; i++) _expected.Dequeue();
        for (int i = 0; i < at; i++) _expected.Dequeue();
        Bytes += same;
        _after.Clear();
        Check(sought.AsSpan(same));
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        if (_resumes)
        {
            _after.AddRange(bytes);
            if (_after.Count >= Resumed) FindAfterPause();
            return;
        }
        foreach (byte b in bytes)
        {
            if (_trouble is not null) return;
            if (!_expected.TryDequeue(out byte expected)) _trouble = $"a byte too much after {Bytes}";
            else if (expected != b) _trouble = $"byte {Bytes} arrives as 0x{b:X2}, and was 0x{expected:X2}";
            else Bytes++;
        }
    }

    /// <summary>Types a line on the console and waits for something in its answer; returns what was said.</summary>
    private string Await(string line, string end, ulong longest)
    {
        var said = new StringBuilder();
        void Hear(uint word, ulong time, bool good) => said.Append((char)word);
        Machine.Console.Received += Hear;
        Machine.Console.Send(Encoding.ASCII.GetBytes(line + "\r"));
        for (ulong start = Machine.Time.Now; Machine.Time.Now - start < longest && !said.ToString().Contains(end, StringComparison.Ordinal);) Run(Millisecond);
        Machine.Console.Received -= Hear;
        return said.ToString();
    }

    private byte[] Ask(params byte[] request)
    {
        Host.Transfer(BulkOut, request);
        for (int i = 0; i < 5000 && _answers.Count == 0; i++) Run(Slice);
        return _answers.TryDequeue(out byte[]? answer) ? answer : throw new IOException("no answer");
    }

    private void Expect(ReadOnlySpan<byte> start, params byte[] request)
    {
        byte[] answer = Ask(request);
        if (!answer.AsSpan().StartsWith(start)) throw new IOException($"{Convert.ToHexString(request)} was answered {Convert.ToHexString(answer)}");
    }

    private void Fetch() => Host.Transfer(BulkIn, new byte[512], t =>
    {
        if (t.Status != UsbTransferStatus.Ok) return;
        _answers.Enqueue(t.Data.ToArray());
        Fetch();
    });

    private void FetchStream()
    {
        _streams++;
        Host.Transfer(SwoIn, new byte[4096], t =>
        {
            _streams--;
            if (t.Status != UsbTransferStatus.Ok) return;
            _answers.Enqueue(t.Data.ToArray());
            if (!_paused) FetchStream();
        });
    }

    private void Run(ulong duration)
    {
        Machine.RunFor(duration);
        if (Machine.Stopped is { } stop) throw new IOException($"the bench stopped: {stop.Message} at 0x{stop.Pc:X8}");
    }
}
