using System;

namespace SharpProbe.Booting;

/// <summary>
/// The common CRC-32 (reflected 0x04C11DB7, begins and ends with an inversion), a word at a time by four tables: an image is checked at every start, at the clock that reset leaves, where a table of half
/// bytes takes four times as long.
/// </summary>
public sealed class ImageCrc
{
    private const uint Polynomial = 0xEDB8_8320;
    private const int Row = 256;

    private readonly uint[] _table = new uint[4 * Row];

    public ImageCrc()
    {
        for (uint i = 0; i < Row; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) != 0 ? Polynomial : 0);
            _table[i] = crc;
        }
        for (int i = Row; i < _table.Length; i++) _table[i] = _table[i - Row] >> 8 ^ _table[_table[i - Row] & 0xFF];
    }

    public const uint Start = ~0u;

    /// <param name="crc">What the bytes before gave.</param>
    /// <param name="data">A multiple of 4.</param>
    public unsafe uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        fixed (uint* table = _table)
        fixed (byte* start = data)
            for (uint* word = (uint*)start, end = word + data.Length / 4; word < end; word++)
            {
                uint x = crc ^ *word;
                crc = table[(x & 0xFF) + 3 * Row] ^ table[(x >> 8 & 0xFF) + 2 * Row] ^ table[(x >> 16 & 0xFF) + Row] ^ table[x >> 24];
            }
        return crc;
    }

    public static uint Finish(uint crc) => ~crc;
}
