using System;
using System.Buffers.Binary;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Rtt;

/// <summary>Moves what a running program has put into a ring in its RAM to a port, a piece at a time.</summary>
public sealed class RingReader(ByteStream port)
{
    private const int Size = 1024;

    /// <summary>Pieces of one look: the wire is gdb's too.</summary>
    private const int PiecesInARow = 4;

    private readonly byte[] _piece = new byte[Size];

    internal Span<byte> Piece => _piece;

    internal ByteStream Port => port;

    /// <summary>Reads from offset <paramref name="read"/> on, up to <paramref name="write"/>, as much as the port has room for. Then the offset of the next byte is written to <paramref name="readAt"/>. True: something has moved.</summary>
    /// <remarks>Where nobody listens, the data stays in the target, and what its program does then is its own choice.</remarks>
    public bool Drain(DebugTarget target, uint buffer, uint length, uint write, uint read, uint readAt)
    {
        if (!port.Connected) return false;
        uint before = read;
        for (int i = 0; i < PiecesInARow && read != write; i++)
        {
            uint left = (write >= read ? write : length) - read;
            Span<byte> piece = _piece.AsSpan(0, (int)Math.Min(Math.Min(left, Size), (uint)port.Room));
            if (piece.IsEmpty || target.ReadMemory(buffer + read, piece).Failed) break;
            port.Write(piece);
            read += (uint)piece.Length;
            if (read == length) read = 0;
        }
        return read != before && SetOffset(target, readAt, read);
    }

    internal static bool SetOffset(DebugTarget target, uint address, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return target.WriteMemory(address, bytes).Ok;
    }
}
