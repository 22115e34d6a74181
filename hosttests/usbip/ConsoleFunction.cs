using System.Text;

namespace SharpProbe.Tests.UsbIp;

/// <summary>The probe's console, the first CDC function, as a driver on the other side uses it.</summary>
internal sealed class ConsoleFunction
{
    private readonly UsbIpClient _client;
    private readonly int _out, _maxPacket;

    public ConsoleFunction(UsbIpClient client)
    {
        _client = client;
        byte[] c = client.Descriptor(2, 0, 4096);
        int current = -1;
        for (int at = 0; at < c.Length; at += c[at])
        {
            if (c[at + 1] == 4) current = c[at + 2];
            if (c[at + 1] != 5 || current != 1) continue;
            if ((c[at + 2] & 0x80) != 0) In = c[at + 2] & 15;
            else (_out, _maxPacket) = (c[at + 2], c[at + 4] | c[at + 5] << 8);
        }
    }

    public int In { get; }

    /// <summary>SET_CONFIGURATION, SET_LINE_CODING, SET_CONTROL_LINE_STATE: DTR and RTS.</summary>
    public void Open()
    {
        Assert.Equal(0, _client.Control(0, 9, 1, 0).Status);
        Assert.Equal(0, _client.Control(0x21, 0x20, 0, 0, 7, [0, 0xC2, 1, 0, 0, 0, 8]).Status);
        Assert.Equal(0, _client.Control(0x21, 0x22, 3, 0).Status);
    }

    /// <summary>Writes, and reads until something is in what has come.</summary>
    public string Ask(string text, string until)
    {
        Assert.Equal((0, text.Length), (_client.Out(_out, Encoding.ASCII.GetBytes(text)).Status, text.Length));
        var said = new StringBuilder();
        while (!said.ToString().Contains(until, StringComparison.Ordinal))
        {
            var read = _client.In(In, 2 * _maxPacket);
            Assert.Equal(0, read.Status);
            said.Append(Encoding.ASCII.GetString(read.Data));
        }
        // What is left of the answer belongs to it.
        return said.ToString();
    }
}
