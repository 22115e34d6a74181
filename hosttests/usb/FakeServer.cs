using SharpProbe.Dap;

namespace SharpProbe.Tests.Usb;

/// <summary>Answers each request with itself, and keeps it.</summary>
internal sealed class FakeServer : DapServer
{
    public List<byte[]> Requests { get; } = [];

    /// <summary>Happens while a request is at work.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>First byte of requests that wait.</summary>
    public byte Waiting { get; set; }

    /// <summary>Of each request: whether an abort had come behind it.</summary>
    public List<bool> Begun { get; } = [];

    public int Aborts { get; private set; }
    public int Stops { get; private set; }
    public int Ends { get; set; }

    public override bool Waits(ReadOnlySpan<byte> request) => Waiting != 0 && request[0] == Waiting;

    public override bool TryAbort(ReadOnlySpan<byte> request)
    {
        if (!request.StartsWith("abort"u8)) return false;
        Aborts++;
        return true;
    }

    public override void Abort() => Stops++;

    public override void End() => Ends++;

    public override void Begin(bool aborted) => Begun.Add(aborted);

    public override int Answer(ReadOnlySpan<byte> request, Span<byte> response)
    {
        Requests.Add(request.ToArray());
        Meanwhile?.Invoke();
        request.CopyTo(response);
        return request.Length;
    }
}
