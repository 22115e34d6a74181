using SharpProbe.Dap;

namespace SharpProbe.Tests.Usb;

/// <summary>Answers each request with itself, and keeps it.</summary>
internal sealed class FakeServer : DapServer
{
    public List<byte[]> Requests { get; } = [];

    /// <summary>Happens while a request is at work.</summary>
    public Action? Meanwhile { get; set; }

    public int Aborts { get; private set; }

    public override bool TryAbort(ReadOnlySpan<byte> request)
    {
        if (!request.StartsWith("abort"u8)) return false;
        Aborts++;
        return true;
    }

    public override int Answer(ReadOnlySpan<byte> request, Span<byte> response)
    {
        Requests.Add(request.ToArray());
        Meanwhile?.Invoke();
        request.CopyTo(response);
        return request.Length;
    }
}
