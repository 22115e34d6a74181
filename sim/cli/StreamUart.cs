using System.Collections.Concurrent;

namespace SharpProbe.Sim.Cli;

/// <summary>A console on a pair of streams: a thread reads ahead, so that the simulation never waits for a person.</summary>
internal sealed class StreamUart : IUartEnd
{
    private readonly Stream _output;
    private readonly ConcurrentQueue<byte> _input = new();

    /// <param name="input">Null: output only.</param>
    public StreamUart(Stream output, Stream? input)
    {
        _output = output;
        if (input is null) return;
        var reader = new Thread(() => Read(input)) { IsBackground = true, Name = "uart input" };
        reader.Start();
    }

    public void Show(byte value)
    {
        _output.WriteByte(value);
        if (value == '\n' || value < 0x20) _output.Flush();
    }

    public int Take(Span<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length && _input.TryDequeue(out byte b)) buffer[count++] = b;
        return count;
    }

    public void Dispose() => _output.Flush();

    private void Read(Stream input)
    {
        try
        {
            for (int b; (b = input.ReadByte()) >= 0;) _input.Enqueue((byte)b);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException) { }
    }
}
