using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>Joins two streams: what comes from one goes to the other. What the other has no room for stays where it is, so the sender is held back where it can be.</summary>
public sealed class SerialBridge(ByteStream a, ByteStream b)
{
    private readonly byte[] _block = new byte[512];

    public void Poll()
    {
        Pass(a, b);
        Pass(b, a);
    }

    private void Pass(ByteStream from, ByteStream to)
    {
        int room = Math.Min(to.Room, _block.Length);
        // With nobody at the far end the bytes are read all the same, or the sender's next session would begin with old ones.
        if (room == 0 && to.Connected) return;
        int count = from.Read(_block.AsSpan(0, to.Connected ? room : _block.Length));
        to.Write(_block.AsSpan(0, count));
    }
}
