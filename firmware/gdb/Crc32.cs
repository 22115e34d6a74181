using System;

namespace SharpProbe.Gdb;

/// <summary>gdb's CRC of memory: polynomial 0x04C11DB7, most significant bit first, from all ones, not inverted (gdb manual, qCRC).</summary>
sealed class Crc32
{
    public const uint Start = 0xFFFF_FFFF;

    private readonly uint[] _table = new uint[256];

    public Crc32()
    {
        for (uint i = 0; i < 256; i++)
        {
            uint c = i << 24;
            for (int bit = 0; bit < 8; bit++) c = (c & 0x8000_0000) != 0 ? c << 1 ^ 0x04C1_1DB7 : c << 1;
            _table[i] = c;
        }
    }

    public ReadOnlySpan<uint> Table => _table;

    public uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        uint[] table = _table;
        foreach (byte b in data) crc = crc << 8 ^ table[(crc >> 24 ^ b) & 255];
        return crc;
    }
}
