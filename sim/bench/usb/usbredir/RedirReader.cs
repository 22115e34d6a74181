using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>Finds packets in a stream of bytes. A length beyond <see cref="Longest"/> is an error before any of it is kept.</summary>
internal sealed class RedirReader
{
    /// <summary>usbfs takes 16 MB in one transfer; a header and some more.</summary>
    public const int Longest = 16 * 1024 * 1024 + 64;

    private const int ShortHeader = 12, LongHeader = 16;

    private byte[] _bytes = new byte[4096];
    private int _start, _end;

    /// <summary>Ids have 64 bits: from the packet after the hello on, if both sides can.</summary>
    public bool Ids64 { get; set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _bytes.Length)
        {
            int kept = _end - _start;
            byte[] to = kept + bytes.Length > _bytes.Length ? new byte[Math.Max(2 * _bytes.Length, kept + bytes.Length)] : _bytes;
            _bytes.AsSpan(_start, kept).CopyTo(to);
            (_bytes, _start, _end) = (to, 0, kept);
        }
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next whole packet. Its body is valid until <see cref="Add"/>.</summary>
    public bool TryRead(out RedirType type, out ulong id, out ReadOnlySpan<byte> body)
    {
        (type, id) = (default, 0);
        body = default;
        var bytes = _bytes.AsSpan(_start, _end - _start);
        if (bytes.Length < ShortHeader) return false;
        type = (RedirType)BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (length > Longest) throw new RedirError($"a packet of type {(uint)type} says it is {length} bytes long; {Longest} are the most");
        int header = Ids64 ? LongHeader : ShortHeader;
        if (bytes.Length < header + (int)length) return false;
        id = Ids64 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        body = bytes.Slice(header, (int)length);
        _start += header + (int)length;
        if (_start == _end) (_start, _end) = (0, 0);
        return true;
    }
}
