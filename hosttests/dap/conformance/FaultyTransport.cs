using SharpProbe.Conformance;

namespace SharpProbe.Tests.Dap.Conformance;

/// <summary>A probe with a fault of its own: what comes is changed on its way.</summary>
/// <param name="change">Given a request and its answer; null: the answer is lost.</param>
sealed class FaultyTransport(IDapTransport good, Func<byte[], byte[], byte[]?> change) : IDapTransport
{
    private readonly Queue<byte[]> _asked = [];

    public string Name => good.Name;
    public bool KeepsLength => good.KeepsLength;
    public int PacketSize { get; set; }
    public TimeSpan Now => good.Now;

    public void Send(ReadOnlySpan<byte> request)
    {
        if (request[0] != 7) _asked.Enqueue(request.ToArray());
        good.Send(request);
    }

    public byte[]? Receive(TimeSpan timeout)
    {
        byte[]? answer = good.Receive(timeout);
        if (answer is null || !_asked.TryDequeue(out byte[]? request)) return answer;
        return change(request, answer);
    }

    public void Reopen() => good.Reopen();

    public void Dispose() => good.Dispose();
}
