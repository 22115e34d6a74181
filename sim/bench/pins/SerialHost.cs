namespace SharpProbe.Sim.Pins;

/// <summary>
/// The far end of a serial line, e.g. a USB serial adapter's chip: sends bytes as bits on one wire and decodes the bits on another.
/// Independent of the USART model, so that each checks the other.
/// </summary>
public sealed class SerialHost
{
    private readonly TimeBase _time;
    private readonly NetDriver? _output;
    private ulong _freeAt;
    private bool _receiving;

    /// <param name="nets">The bench's wires.</param>
    /// <param name="name">Names this end in a conflict.</param>
    /// <param name="output">Wire to the chip's RX, or null. Driven high from now on.</param>
    /// <param name="input">Wire from the chip's TX, or null.</param>
    public SerialHost(Nets nets, string name, Net? output, Net? input)
    {
        _time = nets.Time;
        _output = output?.Attach(name, Drive.High);
        if (input is not null) input.Changed += Edge;
    }

    /// <summary>Femtoseconds; see <see cref="Baud"/>.</summary>
    public ulong BitTime { get; set; } = TimeBase.Second / 115_200;
    /// <summary>Bits a second.</summary>
    public ulong Baud { get => TimeBase.Second / BitTime; set => BitTime = TimeBase.Second / value; }
    /// <summary>5 to 9, without parity.</summary>
    public int DataBits { get; set; } = 8;
    public SerialParity Parity { get; set; }
    public int StopBits { get; set; } = 1;
    public Net? Output => _output?.Net;

    /// <summary>Each word decoded, the time of its stop bit's middle, and whether parity and stop bit were right.</summary>
    public event Action<uint, ulong, bool>? Received;

    /// <summary>Queues bytes behind those already under way.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) Send(b);
    }

    public void Send(uint word)
    {
        if (_output is null) throw new InvalidOperationException("this serial end has no output");
        ulong at = Math.Max(_freeAt, _time.Now);
        bool odd = Parity == SerialParity.Odd;
        bool last = true;
        Level(false);
        for (int i = 0; i < DataBits; i++)
        {
            bool bit = (word >> i & 1) != 0;
            odd ^= bit;
            at += BitTime;
            Level(bit);
        }
        if (Parity != SerialParity.None)
        {
            at += BitTime;
            Level(odd);
        }
        at += BitTime;
        Level(true);
        _freeAt = at + (ulong)StopBits * BitTime;

        void Level(bool level)
        {
            if (level != last) Put(at, level);
            last = level;
        }
    }

    private void Put(ulong at, bool level) => _time.At(at, () => _output!.Set(level ? Drive.High : Drive.Low, at));

    private void Edge(NetChange change)
    {
        if (_receiving || change.After != Level.Low) return;
        _receiving = true;
        uint word = 0;
        int bits = DataBits + (Parity == SerialParity.None ? 0 : 1);
        for (int i = 0; i < bits; i++)
        {
            int n = i;
            _time.At(change.Time + Middle(n + 1), () => word |= change.Net.IsHigh ? 1u << n : 0);
        }
        ulong stop = change.Time + Middle(bits + 1);
        _time.At(stop, () => Finish(word, stop, change.Net.IsHigh));
    }

    private ulong Middle(int bit) => (ulong)bit * BitTime + BitTime / 2;

    private void Finish(uint word, ulong at, bool stopBit)
    {
        _receiving = false;
        uint data = word & (1u << DataBits) - 1;
        bool good = stopBit && (Parity == SerialParity.None || (System.Numerics.BitOperations.PopCount(word) & 1) == (Parity == SerialParity.Odd ? 1 : 0));
        Received?.Invoke(data, at, good);
    }
}
