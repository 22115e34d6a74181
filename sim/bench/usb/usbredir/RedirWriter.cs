using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>Packets that wait for being sent.</summary>
internal sealed class RedirWriter
{
    private byte[] _bytes = new byte[4096];
    private int _start, _end;

    /// <summary>As in <see cref="RedirReader.Ids64"/>.</summary>
    public bool Ids64 { get; set; }

    public ReadOnlySpan<byte> Waiting => _bytes.AsSpan(_start, _end - _start);

    /// <summary>A packet with its body to be filled in, which is all zeros.</summary>
    public Span<byte> Packet(RedirType type, ulong id, int length)
    {
        int header = Ids64 ? 16 : 12;
        var packet = Room(header + length);
        BinaryPrimitives.WriteUInt32LittleEndian(packet, (uint)type);
        BinaryPrimitives.WriteInt32LittleEndian(packet[4..], length);
        if (Ids64) BinaryPrimitives.WriteUInt64LittleEndian(packet[8..], id);
        else BinaryPrimitives.WriteUInt32LittleEndian(packet[8..], (uint)id);
        return packet[header..];
    }

    /// <summary>So many bytes have gone.</summary>
    public void Sent(int count)
    {
        _start += count;
        if (_start == _end) (_start, _end) = (0, 0);
    }

    private Span<byte> Room(int length)
    {
        if (_end + length > _bytes.Length)
        {
            int kept = _end - _start;
            byte[] to = kept + length > _bytes.Length ? new byte[Math.Max(2 * _bytes.Length, kept + length)] : _bytes;
            _bytes.AsSpan(_start, kept).CopyTo(to);
            (_bytes, _start, _end) = (to, 0, kept);
        }
        var room = _bytes.AsSpan(_end, length);
        _end += length;
        room.Clear();
        return room;
    }
}
