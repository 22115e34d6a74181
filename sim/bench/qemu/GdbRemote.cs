using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SharpProbe.Sim.Qemu;

/// <summary>The side of gdb in the GDB Remote Serial Protocol, as much of it as running programs takes (GDB manual, appendix E).</summary>
public sealed class GdbRemote : IDisposable
{
    private const int BytesPerPacket = 1900;   // QEMU takes packets of 4096 characters
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly byte[] _input = new byte[65536];
    private int _position, _available;

    public GdbRemote(int port)
    {
        _client = new TcpClient("127.0.0.1", port) { NoDelay = true };
        _stream = _client.GetStream();
        _stream.ReadTimeout = 30_000;
        Ask("qSupported:swbreak+");
        Ask("QStartNoAckMode");
        Acknowledge = false;
        Ask("qXfer:features:read:target.xml:0,ffb");   // QEMU knows single registers (p, P) only for a client that has asked for their names
    }

    private bool Acknowledge { get; set; } = true;

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    public void WriteMemory(uint address, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[int.Min(bytes.Length, BytesPerPacket)..], address += BytesPerPacket)
        {
            var part = bytes[..int.Min(bytes.Length, BytesPerPacket)];
            Expect("OK", $"M{address:x},{part.Length:x}:{Convert.ToHexStringLower(part)}");
        }
    }

    public void ReadMemory(uint address, Span<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[int.Min(bytes.Length, BytesPerPacket)..], address += BytesPerPacket)
        {
            var part = bytes[..int.Min(bytes.Length, BytesPerPacket)];
            string reply = Ask($"m{address:x},{part.Length:x}");
            if (reply.Length != 2 * part.Length) throw new IOException($"reading {part.Length} bytes at {address:X8}: {reply}");
            Convert.FromHexString(reply, part, out _, out _);
        }
    }

    /// <summary>R0 to R15 are 0 to 15.</summary>
    public uint ReadRegister(int number)
    {
        string reply = Ask($"p{number:x}");
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(uint.Parse(reply, NumberStyles.HexNumber));
    }

    public void WriteRegister(int number, uint value) =>
        Expect("OK", $"P{number:x}={System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value):x8}");

    public void SetBreakpoint(uint address) => Expect("OK", $"Z0,{address:x},2");

    /// <summary>Runs until something stops the target; the reply is the stop packet.</summary>
    public string Continue() => Ask("c");

    private void Expect(string expected, string request)
    {
        string reply = Ask(request);
        if (reply != expected) throw new IOException($"{(request.Length > 40 ? request[..40] : request)}: {reply}");
    }

    public string Ask(string request)
    {
        Send(request);
        return Receive();
    }

    private void Send(string request)
    {
        int sum = 0;
        foreach (char c in request) sum += c;
        _stream.Write(System.Text.Encoding.Latin1.GetBytes($"${request}#{sum & 0xFF:x2}"));
    }

    private string Receive()
    {
        while (Next() != '$') { }
        var text = new StringBuilder();
        for (int c = Next(); c != '#'; c = Next())
        {
            if (c == '*')
            {
                text.Append(text[^1], Next() - 29);   // run length
                continue;
            }
            text.Append((char)(c == '}' ? Next() ^ 0x20 : c));
        }
        Next();
        Next();
        if (Acknowledge) _stream.Write("+"u8);
        return text.ToString();
    }

    private int Next()
    {
        if (_position == _available)
        {
            (_position, _available) = (0, _stream.Read(_input));
            if (_available == 0) throw new IOException("the gdb server closed the connection");
        }
        return _input[_position++];
    }
}
