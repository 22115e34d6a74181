using System.Diagnostics.CodeAnalysis;

namespace SharpProbe.Conformance;

/// <summary>What a case has to talk to the probe with. Whatever does not come back as it must throws <see cref="CaseFailed"/>.</summary>
sealed class Conversation(IDapTransport transport, ProbeFacts probe)
{
    /// <summary>Longest wait for an answer: the longest command is SWJ_Pins, 3 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly List<Exchange> _log = [];

    public ProbeFacts Probe => probe;

    public bool KeepsLength => transport.KeepsLength;

    public TimeSpan Now => transport.Now;

    /// <summary>The last exchanges, for a failure's report.</summary>
    public IEnumerable<Exchange> Last => _log.TakeLast(3);

    public void Forget() => _log.Clear();

    public byte[] Ask(byte[] request)
    {
        Send(request);
        return Take(request);
    }

    public byte[] Ask(string request) => Ask(Hex.Bytes(request));

    /// <summary>Asks, and holds the answer against a <see cref="Pattern"/>; returns it.</summary>
    public byte[] Ask(string request, string pattern) => Ask(Hex.Bytes(request), pattern);

    public byte[] Ask(byte[] request, string pattern)
    {
        byte[] answer = Ask(request);
        Match(answer, pattern);
        return answer;
    }

    public void Send(string request) => Send(Hex.Bytes(request));

    public void Send(byte[] request)
    {
        if (request.Length > probe.PacketSize) throw new CaseFailed($"the case is wrong: a request of {request.Length} bytes for packets of {probe.PacketSize}");
        transport.Send(request);
    }

    /// <summary>The next answer, whatever was asked.</summary>
    /// <param name="asked">For the report.</param>
    public byte[] Take(byte[]? asked = null)
    {
        byte[]? answer = transport.Receive(Patience);
        _log.Add(new(asked ?? [], answer));
        if (answer is null) Fail("there is no answer");
        if (answer.Length > probe.PacketSize) Fail($"the answer is longer than a packet ({answer.Length} bytes)");
        return answer;
    }

    public byte[] Take(string pattern)
    {
        byte[] answer = Take();
        Match(answer, pattern);
        return answer;
    }

    /// <summary>Nothing may come.</summary>
    public void Silence(int milliseconds)
    {
        if (transport.Receive(TimeSpan.FromMilliseconds(milliseconds)) is not { } answer) return;
        _log.Add(new([], answer));
        Fail("there is an answer where there must be none");
    }

    public void Match(byte[] answer, string pattern)
    {
        if (!new Pattern(pattern).Matches(answer, !KeepsLength)) Fail($"expected {(pattern.Length > 300 ? pattern[..300] + " …" : pattern)}");
    }

    public void Check([DoesNotReturnIf(false)] bool good, string otherwise)
    {
        if (!good) Fail(otherwise);
    }

    [DoesNotReturn]
    public static void Fail(string why) => throw new CaseFailed(why);

    /// <summary>As though the host's program had died and another were started.</summary>
    public void NewSession()
    {
        transport.Reopen();
        Drain();
    }

    /// <summary>Takes what is left of earlier requests, as hosts do when they begin.</summary>
    public void Drain()
    {
        while (transport.Receive(TimeSpan.FromMilliseconds(150)) is { } old) _log.Add(new([], old));
    }

    /// <summary>The probe is alive and gives each answer to its question.</summary>
    public void StillServed()
    {
        Ask("00 FE", $"00 01 {Hex.Byte(probe.PacketCount)}");
        Ask("00 FF", $"00 02 {Hex.Short(probe.PacketSize)}");
    }
}
