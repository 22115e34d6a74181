using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

/// <summary>The probe's end of a serial port, with the host's end in the test's hands: how much it takes at a time, and whether it listens.</summary>
internal sealed class HostLine : ByteStream
{
    private readonly Queue<byte> _toProbe = new();
    private readonly List<byte> _fromProbe = [];

    public bool Open { get; set; } = true;

    /// <summary>Bytes that the probe may write until the host reads again.</summary>
    public int Window { get; set; } = int.MaxValue;

    /// <summary>Most bytes that one Read gives.</summary>
    public int Chunk { get; set; } = int.MaxValue;

    public override bool Connected => Open;

    public override int Available => Math.Min(_toProbe.Count, Chunk);

    public override int Room => Window;

    public override int Read(Span<byte> destination)
    {
        int taken = Math.Min(destination.Length, Available);
        for (int i = 0; i < taken; i++) destination[i] = _toProbe.Dequeue();
        return taken;
    }

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Window);
        Window -= Window == int.MaxValue ? 0 : taken;
        _fromProbe.AddRange(bytes[..taken]);
        return taken;
    }

    public void Type(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) _toProbe.Enqueue(b);
    }

    /// <summary>All that the probe has written since.</summary>
    public byte[] Take()
    {
        byte[] all = [.. _fromProbe];
        _fromProbe.Clear();
        return all;
    }
}
