using System.Text;
using SharpProbe.Sim;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>What gdb is on the wire: packets out, packets back, at the probe's gdb port. Much faster than gdb, and it can be cut off anywhere.</summary>
internal sealed class RspHost(Chain chain)
{
    private const ulong Slice = 100 * Chain.Microsecond;

    private readonly StringBuilder _input = new();
    private bool _acknowledges = true;

    /// <summary>What the probe sent to gdb's console during the last <see cref="Ask"/>.</summary>
    public string Console { get; private set; } = "";

    /// <summary>Opens the port and greets, as gdb does.</summary>
    public RspHost Begin()
    {
        Open();
        Assert.Contains("PacketSize", Ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+"));
        Assert.Equal("OK", Ask("QStartNoAckMode"));
        _acknowledges = false;
        return this;
    }

    public void Open()
    {
        _input.Clear();
        _acknowledges = true;
        chain.Port.Open();
        Send("+");
    }

    /// <summary>Greets, scans, attaches.</summary>
    public RspHost Attached()
    {
        Begin();
        Assert.Contains("STM32F1", Monitor("swd_scan"));
        Assert.StartsWith("T05", Ask("vAttach;1"));
        return this;
    }

    /// <summary>As gdb's user who quits.</summary>
    public void Close(bool drain = true) => chain.Port.Close(drain);

    public void Send(string raw) => chain.Port.Write(Encoding.Latin1.GetBytes(raw));

    public void Send(ReadOnlySpan<byte> raw) => chain.Port.Write(raw);

    /// <summary>A packet's answer.</summary>
    /// <param name="milliseconds">Longest simulated time that it may take.</param>
    public string Ask(string body, int milliseconds = 4000)
    {
        Send(Rig.Frame(body));
        return Answer(body, milliseconds);
    }

    /// <summary>The next packet that is not console output.</summary>
    public string Answer(string what, int milliseconds = 4000)
    {
        Console = "";
        for (ulong end = chain.Machine.Time.Now + (ulong)milliseconds * Chain.Millisecond; chain.Machine.Time.Now < end; chain.Run(Slice))
            while (Next() is { } body)
            {
                if (body is not ['O', not 'K', ..]) return body;
                Console += Encoding.Latin1.GetString(Convert.FromHexString(body[1..]));
            }
        Assert.Fail($"no answer to {what} within {milliseconds} ms");
        return "";
    }

    /// <summary>A monitor command's text.</summary>
    public string Monitor(string command)
    {
        Ask("qRcmd," + Rig.Digits(command));
        return Console;
    }

    /// <summary>Lets time pass and forgets what came.</summary>
    public void Idle(ulong duration)
    {
        chain.Run(duration);
        while (Next() is not null) { }
    }

    private string? Next()
    {
        _input.Append(Encoding.Latin1.GetString(chain.Port.ReadAll()));
        string text = _input.ToString();
        int start = text.IndexOf('$'), end = start < 0 ? -1 : text.IndexOf('#', start);
        if (end < 0 || end + 2 >= text.Length) return null;
        _input.Remove(0, end + 3);
        string body = text[(start + 1)..end];
        Assert.Equal(((byte)body.Sum(c => c)).ToString("x2"), text.Substring(end + 1, 2));
        if (_acknowledges) Send("+");
        return body;
    }
}
