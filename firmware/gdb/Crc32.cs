using System;
using SharpProbe.Target.Flash;

namespace SharpProbe.Gdb;

/// <summary>gdb's CRC of memory: polynomial 0x04C11DB7, most significant bit first, from all ones, not inverted (gdb manual, qCRC).</summary>
sealed class Crc32
{
    public const uint Start = 0xFFFF_FFFF;

    private readonly uint[] _table = new uint[16];                // four bits at a time: 64 KiB take 4 ms, and their way here some 40

    public Crc32()
    {
        for (uint i = 0; i < 16; i++) _table[i] = TargetCrc.Shift(i << 28, 4);
    }

    public uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        uint[] table = _table;
        foreach (byte b in data)
        {
            crc ^= (uint)b << 24;
            crc = crc << 4 ^ table[crc >> 28];
            crc = crc << 4 ^ table[crc >> 28];
        }
        return crc;
    }
}
