using System;

namespace SharpProbe.Io;

/// <summary>A line of bytes to a peer that may stop reading or vanish: a CDC port, a UART, a TCP connection. Nothing here waits.</summary>
public abstract class ByteStream
{
    /// <summary>A peer is listening: DTR on a CDC port, an open connection. What was queued for a peer that left is dropped.</summary>
    public abstract bool Connected { get; }

    /// <summary>Bytes that <see cref="Read"/> would return now.</summary>
    public abstract int Available { get; }

    /// <summary>Bytes that <see cref="Write"/> would take now.</summary>
    public abstract int Room { get; }

    /// <summary>Takes what has arrived, at most the buffer's length; returns how much that was.</summary>
    public abstract int Read(Span<byte> destination);

    /// <summary>Queues as much as fits and returns how much that was.</summary>
    public abstract int Write(ReadOnlySpan<byte> bytes);
}
