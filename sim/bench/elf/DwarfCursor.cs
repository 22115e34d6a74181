using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Sim.Elf;

/// <summary>Reads DWARF's encodings from one section, never past its end (<see cref="InvalidDataException"/>).</summary>
internal ref struct DwarfCursor(ReadOnlySpan<byte> section, int at)
{
    private readonly ReadOnlySpan<byte> _section = section;

    public int At = at;
    /// <summary>True after a length field of the 64-bit format (DWARF 5, 7.4).</summary>
    public bool Wide;

    public readonly bool AtEnd => At >= _section.Length;

    public byte Byte() => Take(1)[0];
    public ushort Half() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
    public uint Word() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>An offset into another section: 4 bytes, or 8 in the 64-bit format.</summary>
    public uint Offset() => Wide ? checked((uint)Long()) : Word();

    /// <summary>Length of a unit; returns where the unit ends.</summary>
    public int UnitEnd()
    {
        uint length = Word();
        Wide = length == 0xFFFF_FFFF;
        ulong size = Wide ? Long() : length;
        if (size > (ulong)(_section.Length - At)) throw new InvalidDataException("DWARF unit is longer than its section");
        return At + (int)size;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = Byte();
            if (shift < 64) value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
    }

    public long Signed()
    {
        long value = 0;
        for (int shift = 0; ;)
        {
            byte b = Byte();
            if (shift < 64) value |= (long)(b & 0x7F) << shift;
            shift += 7;
            if (b < 0x80) return shift < 64 && (b & 0x40) != 0 ? value | -1L << shift : value;
        }
    }

    public string Text()
    {
        int end = At > _section.Length ? -1 : _section[At..].IndexOf((byte)0);
        if (end < 0) throw new InvalidDataException("DWARF string without an end");
        return Encoding.UTF8.GetString(Take(end + 1)[..end]);
    }

    public void Skip(ulong count)
    {
        if (count > (ulong)(_section.Length - At)) throw new InvalidDataException("DWARF data is cut short");
        At += (int)count;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _section.Length - At || At < 0) throw new InvalidDataException("DWARF data is cut short");
        var bytes = _section.Slice(At, count);
        At += count;
        return bytes;
    }
}
