using System.Text;

namespace SharpProbe.Tests.GdbServing;

/// <summary>What a broken or hostile host might send: packets that are nearly right, torn, overlong or noise, from a seed.</summary>
internal sealed class PacketFuzzer(Random random)
{
    private static readonly string[] s_bodies =
    [
        "?", "!", "g", "G" + new string('0', 136), "p1a", "P1a=00000001", "m20000000,40", "M20000010,4:01020304", "X20000000,4:abcd", "x20000000,40", "s", "c", "C05;8000010", "S05", "vCont?",
        "vCont;c", "vCont;s:1;c", "vCont;r8000000,8000100:1", "vCont;t", "Hg0", "Hc-1", "T1", "k", "r", "R00", "D", "D;1", "Z0,20000000,2", "Z1,8000010,2", "Z2,20000000,4", "z1,8000010,2", "z4,20000000,4",
        "qSupported:multiprocess+;swbreak+;hwbreak+", "qXfer:memory-map:read::0,1000", "qXfer:features:read:target.xml:10,80", "qXfer:threads:read::0,ffffffff", "qC", "qfThreadInfo", "qsThreadInfo",
        "qThreadExtraInfo,1", "qAttached", "qCRC:20000000,1000", "qSearch:memory:20000000;1000;abc", "qSymbol::", "qOffsets", "QThreadEvents:1", "vMustReplyEmpty", "vAttach;1", "vRun;61;62;63",
        "vKill;1", "vFlashErase:08000000,00000400", "vFlashWrite:8000000:abcdef", "vFlashDone", "vStopped", "vFile:open:00", "F1,2", "QStartNoAckMode",
        "qRcmd,68656c70", "qRcmd," + "73776470", "qRcmd," + "7461726765747320", "qRcmd,6672657120316d", "qRcmd," + "68656170203120322033", "qRcmd,7265736574", "qRcmd,6d6f727365",
    ];

    private static readonly string[] s_numbers = ["0", "1", "ffffffff", "fffffffe", "80000000", "100000000", "7fffffff", "3fff", "4000", "4001", "2000fffe", "0800fff0", "", "-1", "zz", "00000000000000001"];

    /// <summary>One piece of what the host sends.</summary>
    public byte[] Next()
    {
        string body = s_bodies[random.Next(s_bodies.Length)];
        return random.Next(16) switch
        {
            0 => Encoding.Latin1.GetBytes(Noise(random.Next(40))),
            1 => Rig.Frame(Noise(random.Next(60)).Replace('#', '!').Replace('$', '!')),
            2 => Rig.Frame(body)[..^random.Next(1, 4)],
            3 => [.. Rig.Frame(body)[..^2], .. "zz"u8],
            4 => [.. Rig.Frame(body), .. Rig.Frame(body)],
            5 => [3],
            6 => random.Next(8) == 0 ? [4] : "+"u8.ToArray(),
            7 => "-"u8.ToArray(),
            8 => random.Next(200) == 0 ? Rig.Frame(body + new string('a', random.Next(0x4000, 0x8000))) : Rig.Frame(body + "}"),
            9 => Rig.Frame(body),
            10 or 11 or 12 => Rig.Frame(WithNumber(body)),
            _ => Rig.Frame(Mutated(body)),
        };
    }

    private string Noise(int length)
    {
        Span<char> text = stackalloc char[length];
        for (int i = 0; i < length; i++) text[i] = (char)random.Next(256);
        return new(text);
    }

    /// <summary>A number in it becomes another.</summary>
    private string WithNumber(string body)
    {
        int start = random.Next(body.Length);
        while (start < body.Length && !char.IsAsciiHexDigit(body[start])) start++;
        int end = start;
        while (end < body.Length && char.IsAsciiHexDigit(body[end])) end++;
        return body[..start] + s_numbers[random.Next(s_numbers.Length)] + body[end..];
    }

    private string Mutated(string body)
    {
        int at = random.Next(body.Length);
        string text = random.Next(4) switch
        {
            0 => body[..at],
            1 => body[..at] + (char)random.Next(256) + body[(at + 1)..],
            2 => body[..at] + body[at..] + body[at..],
            _ => body[..at] + ";:,="[random.Next(4)] + body[at..],
        };
        return text.Replace('#', '!').Replace('$', '!');
    }
}
