namespace SharpProbe.Sim.Pins;

/// <summary>
/// A target's trace port in its Manchester form, at any rate: sequences of a one and up to eight bytes, least significant bit first, a bit time of low between them (DDI0314, "Serial wire output"). A one is high and then low.
/// </summary>
public sealed class ManchesterSource
{
    private const int Most = 8;

    private readonly TimeBase _time;
    private readonly NetDriver _output;
    private readonly Queue<byte> _waiting = [];
    private ulong _freeAt;
    private bool _level, _busy;

    /// <param name="nets">The bench's wires.</param>
    /// <param name="name">Names this end in a conflict.</param>
    /// <param name="output">Driven low from now on.</param>
    public ManchesterSource(Nets nets, string name, Net output)
    {
        _time = nets.Time;
        _output = output.Attach(name, Drive.Low);
    }

    /// <summary>Femtoseconds.</summary>
    public ulong BitTime { get; set; } = TimeBase.Second / 1_000_000;

    /// <summary>Queues bytes behind those that wait.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) _waiting.Enqueue(b);
        if (!_busy) Next(Math.Max(_freeAt, _time.Now));
    }

    private void Next(ulong at)
    {
        _busy = _waiting.Count > 0;
        if (!_busy) return;
        ulong half = BitTime / 2;
        Bit(true);
        for (int n = 0; n < Most && _waiting.TryDequeue(out byte value); n++)
            for (int i = 0; i < 8; i++) Bit((value >> i & 1) != 0);
        Put(at, false);
        _freeAt = at + BitTime;
        _time.At(_freeAt, () => Next(_freeAt));

        void Bit(bool one)
        {
            Put(at, one);
            Put(at + half, !one);
            at += 2 * half;
        }
    }

    private void Put(ulong at, bool level)
    {
        if (level == _level) return;
        _level = level;
        _time.At(at, () => _output.Set(level ? Drive.High : Drive.Low, at));
    }
}
