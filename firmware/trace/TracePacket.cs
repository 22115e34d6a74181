namespace SharpProbe.Trace;

/// <summary>One packet.</summary>
/// <param name="source">Port, discriminator or TC.</param>
/// <param name="size">Bytes of the payload.</param>
/// <param name="value">The payload, little endian; of timestamps the number.</param>
public readonly struct TracePacket(TracePacketKind kind, int source, int size, ulong value)
{
    public TracePacketKind Kind { get; } = kind;
    public int Source { get; } = source;
    public int Size { get; } = size;
    public ulong Value { get; } = value;
}
