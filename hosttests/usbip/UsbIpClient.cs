using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace SharpProbe.Tests.UsbIp;

/// <summary>
/// The other end of USB/IP, from the kernel's description of the protocol (Documentation/usb/usbip_protocol.rst) and nothing else: offsets are the tables' own. Blocks, 10 s at most.
/// </summary>
internal sealed class UsbIpClient : IDisposable
{
    private const ushort Version = 0x0111;

    private readonly TcpClient _tcp = new();
    private readonly Dictionary<uint, UsbIpAnswer> _early = [];
    private uint _sequence;

    public UsbIpClient(int port)
    {
        _tcp.Connect("127.0.0.1", port);
        (_tcp.NoDelay, _tcp.ReceiveTimeout, _tcp.SendTimeout) = (true, 10_000, 10_000);
        Stream = _tcp.GetStream();
    }

    public NetworkStream Stream { get; }
    public uint DeviceId { get; set; } = 1 << 16 | 1;

    public void Dispose() => _tcp.Dispose();

    /// <summary>A connection that is reset instead of closed.</summary>
    public void Abort()
    {
        _tcp.Client.LingerState = new(true, 0);
        _tcp.Close();
    }

    public static byte[] ListRequest() => Big16(Version, 0x8005, 0, 0);

    public static byte[] ImportRequest(string busId)
    {
        byte[] request = new byte[40];
        Big16(Version, 0x8003, 0, 0).CopyTo(request, 0);
        Encoding.ASCII.GetBytes(busId, request.AsSpan(8));
        return request;
    }

    /// <summary>USBIP_CMD_SUBMIT, without the bytes of an OUT transfer.</summary>
    public static byte[] SubmitHeader(uint sequence, uint device, uint direction, uint endpoint, int length, byte[]? setup = null, uint flags = 0, uint packets = 0)
    {
        byte[] b = new byte[48];
        uint[] words = [1, sequence, device, direction, endpoint, flags, (uint)length, 0, packets, 0];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(b.AsSpan(4 * i), words[i]);
        setup?.CopyTo(b, 40);
        return b;
    }

    public List<UsbIpListed> List()
    {
        Stream.Write(ListRequest());
        Assert.Equal(0u, ReplyStatus(0x0005));
        var listed = new List<UsbIpListed>();
        for (uint n = Word(Read(4), 0), i = 0; i < n; i++)
        {
            byte[] device = Read(312);
            listed.Add(new(device, Read(4 * device[311])));
        }
        return listed;
    }

    /// <summary>The status; with 0 the connection now carries URBs.</summary>
    public uint Import(string busId)
    {
        Stream.Write(ImportRequest(busId));
        uint status = ReplyStatus(0x0003);
        if (status == 0) Imported = Read(312);
        return status;
    }

    /// <summary>As <see cref="Import"/>; null when the connection is closed instead.</summary>
    public uint? TryImport(string busId)
    {
        try
        {
            return Import(busId);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public byte[] Imported { get; private set; } = [];

    public uint Submit(int endpoint, bool isIn, byte[]? data = null, int length = 0, byte[]? setup = null, uint flags = 0)
    {
        uint sequence = ++_sequence;
        byte[] header = SubmitHeader(sequence, DeviceId, isIn ? 1u : 0, (uint)endpoint, isIn ? length : data?.Length ?? 0, setup, flags);
        Stream.Write([.. header, .. isIn ? [] : data ?? []]);
        if (isIn) _ins.Add(sequence);
        return sequence;
    }

    private readonly HashSet<uint> _ins = [];

    /// <summary>USBIP_CMD_UNLINK; returns its own sequence number.</summary>
    public uint Unlink(uint victim)
    {
        uint sequence = ++_sequence;
        byte[] b = new byte[48];
        uint[] words = [2, sequence, DeviceId, 0, 0, victim];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(b.AsSpan(4 * i), words[i]);
        Stream.Write(b);
        return sequence;
    }

    /// <summary>The next answer on the line, whichever it is.</summary>
    public UsbIpAnswer Next()
    {
        byte[] b = Read(48);
        uint command = Word(b, 0), sequence = Word(b, 4);
        Assert.True(command is 3 or 4, $"an answer with the command {command}");
        Assert.Equal((0u, 0u, 0u), (Word(b, 8), Word(b, 12), Word(b, 16)));
        int length = command == 3 ? (int)Word(b, 24) : 0;
        Assert.InRange(length, 0, 1 << 20);
        return new(command == 4, sequence, (int)Word(b, 20), length, command == 3 && _ins.Remove(sequence) ? Read(length) : []);
    }

    public UsbIpAnswer Wait(uint sequence)
    {
        UsbIpAnswer? answer;
        while (!_early.Remove(sequence, out answer))
        {
            var next = Next();
            Assert.True(_early.TryAdd(next.Sequence, next), $"the sequence number {next.Sequence} is answered twice");
        }
        return answer;
    }

    /// <summary>Answers that came while waiting for others.</summary>
    public bool Has(uint sequence) => _early.ContainsKey(sequence);

    public UsbIpAnswer In(int endpoint, int length) => Wait(Submit(endpoint, true, length: length));
    public UsbIpAnswer Out(int endpoint, byte[] data) => Wait(Submit(endpoint, false, data));

    public UsbIpAnswer Control(byte type, byte request, int value, int index, int length = 0, byte[]? data = null)
    {
        byte[] setup = [type, request, (byte)value, (byte)(value >> 8), (byte)index, (byte)(index >> 8), (byte)length, (byte)(length >> 8)];
        return Wait(Submit(0, (type & 0x80) != 0, data, length, setup));
    }

    public byte[] Descriptor(int type, int index, int length, int language = 0)
    {
        var answer = Control(0x80, 6, type << 8 | index, language, length);
        Assert.Equal(0, answer.Status);
        return answer.Data;
    }

    /// <summary>The server closes the connection, with or without a reset.</summary>
    public bool IsClosed()
    {
        try
        {
            byte[] rest = new byte[4096];
            while (Stream.Read(rest) > 0) { }
            return true;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: not SocketError.TimedOut and not SocketError.WouldBlock })
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        Stream.ReadExactly(bytes);
        return bytes;
    }

    private uint ReplyStatus(ushort code)
    {
        byte[] b = Read(8);
        Assert.Equal(Big16(Version, code), b[..4]);
        return Word(b, 4);
    }

    private static uint Word(byte[] b, int at) => BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(at));

    private static byte[] Big16(params ushort[] words)
    {
        byte[] b = new byte[2 * words.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(b.AsSpan(2 * i), words[i]);
        return b;
    }
}
