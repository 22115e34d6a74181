using System.Text;
using SharpProbe.Gdb;

namespace SharpProbe.Tests.GdbServing;

/// <summary>A server with its line, a target behind it, and a host that speaks the packet layer.</summary>
internal sealed class Rig
{
    public HostLine Line { get; } = new();
    public FakeSession Session { get; } = new();
    public FakeClock Clock { get; } = new();
    public FakeBackground Background { get; } = new();
    public GdbServer Server { get; }
    public FakeTarget Target => Session.Target;

    public Rig(bool attached = true, bool ack = false)
    {
        Server = new GdbServer(Line, Session, Clock, Background);
        Session.Scan(0);
        if (attached) Session.Attach(0);
        Server.Poll();
        if (ack) return;
        Ask("qSupported:multiprocess+;swbreak+;hwbreak+");
        Assert.Equal("OK", Ask("QStartNoAckMode"));
        Line.Type("+"u8);
        Poll();
        Line.Take();
    }

    /// <summary>A framed packet; the body is Latin-1, not escaped here.</summary>
    public static byte[] Frame(string body)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(body);
        return [(byte)'$', .. bytes, (byte)'#', .. Encoding.Latin1.GetBytes(((byte)bytes.Sum(b => b)).ToString("x2"))];
    }

    public static string Escape(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        foreach (byte b in data)
            if (b is (byte)'#' or (byte)'$' or (byte)'}' or (byte)'*') text.Append('}').Append((char)(b ^ 0x20));
            else text.Append((char)b);
        return text.ToString();
    }

    public static string Digits(string text) => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(text));

    public void Poll(int rounds = 8)
    {
        for (int i = 0; i < rounds; i++) Server.Poll();
    }

    /// <summary>What the probe has sent, as Latin-1.</summary>
    public string Output() => Encoding.Latin1.GetString(Line.Take());

    /// <summary>Sends a packet and returns the bodies of those that came back.</summary>
    public List<string> AskAll(string body)
    {
        Line.Type(Frame(body));
        Poll();
        return Bodies(Output());
    }

    /// <summary>Sends a packet and returns the body of the last that came back.</summary>
    public string Ask(string body) => AskAll(body) is [.., var last] ? last : "(no reply)";

    /// <summary>A monitor command's text, and its reply at the end.</summary>
    public string Monitor(string command)
    {
        List<string> all = AskAll("qRcmd," + Digits(command));
        Assert.All(all.SkipLast(1), o => Assert.Equal('O', o[0]));
        return string.Concat(all.SkipLast(1).Select(o => Encoding.Latin1.GetString(Convert.FromHexString(o[1..])))) + "|" + all[^1];
    }

    /// <summary>Takes packets apart, unescaped; anything that is not well formed fails.</summary>
    public static List<string> Bodies(string output)
    {
        var bodies = new List<string>();
        for (int i = 0; i < output.Length;)
        {
            if (output[i] is '+' or '-')
            {
                i++;
                continue;
            }
            Assert.Equal('$', output[i]);
            int end = output.IndexOf('#', i);
            Assert.True(end > 0 && end + 2 < output.Length, "cut off: " + output[i..]);
            string body = output[(i + 1)..end];
            Assert.DoesNotContain('$', body);
            Assert.Equal(((byte)body.Sum(c => c)).ToString("x2"), output.Substring(end + 1, 2));
            bodies.Add(Unescape(body));
            i = end + 3;
        }
        return bodies;
    }

    private static string Unescape(string body)
    {
        var text = new StringBuilder();
        for (int i = 0; i < body.Length; i++) text.Append(body[i] == '}' ? (char)(body[++i] ^ 0x20) : body[i]);
        return text.ToString();
    }
}
