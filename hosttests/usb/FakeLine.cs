using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Tests.Usb;

/// <summary>A serial line that keeps what it was told, in order.</summary>
internal sealed class FakeLine : SerialLine
{
    private readonly Queue<byte> _incoming = [];

    /// <summary>Bytes as letters, a new speed as "[baud]", a break as "[break" and "]".</summary>
    public string Told { get; private set; } = "";

    public int RoomLeft { get; set; } = 1 << 20;
    public bool IsIdle { get; set; } = true;

    public override bool Connected => true;
    public override int Available => _incoming.Count;
    public override int Room => RoomLeft;
    public override bool Idle => IsIdle;
    public override int TransmitBuffer => 1 << 20;
    public override int ReceiveBuffer => 1 << 20;
    public override uint Baud => 0;

    public void Incoming(string text)
    {
        foreach (char c in text) _incoming.Enqueue((byte)c);
    }

    public override int Read(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && _incoming.TryDequeue(out byte b)) destination[count++] = b;
        return count;
    }

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        Assert.True(bytes.Length <= RoomLeft, "more than there is room for");
        RoomLeft -= bytes.Length;
        Told += System.Text.Encoding.ASCII.GetString(bytes);
        return bytes.Length;
    }

    public override bool TrySet(LineCoding coding)
    {
        Told += $"[{coding.Baud}]";
        return true;
    }

    public override void SetBreak(bool on) => Told += on ? "[break" : "]";
    public override void Discard() => Told += "[drop]";
    public override LineErrors TakeErrors() => LineErrors.None;
}
