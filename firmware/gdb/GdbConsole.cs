using System;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Gdb;

/// <summary>
/// gdb's console. gdb takes text while it waits for a monitor command or for a running target to stop; at other times what is written is dropped, except a fault, which is told
/// at the next occasion.
/// </summary>
sealed class GdbConsole(GdbServer gdb, PacketSender sender) : TextOutput
{
    /// <summary>How long a host may take nothing before text is dropped, in ms.</summary>
    private const uint StallLimit = 500;

    /// <summary>Lines are sent at once, but not more often than this, in ms: short texts travel together.</summary>
    private const uint FlushInterval = 20;

    private bool _open;
    private uint _flushedAt;
    private DebugFault _untold;

    /// <summary>gdb listens from now on.</summary>
    public void Open()
    {
        _open = true;
        _flushedAt = gdb.Clock.Milliseconds - FlushInterval;
        if (_untold.Failed) Tell(_untold);
        _untold = DebugFault.None;
        if (gdb.Session.Access.TakeSlowedDown()) TellSlowedDown();
    }

    /// <summary>gdb listens no more; what was written before the reply still goes out.</summary>
    public void Close() => _open = false;

    /// <summary>Forgets what was kept.</summary>
    public void Forget()
    {
        Close();
        _untold = DebugFault.None;
    }

    /// <summary>Keeps a fault whose words gdb 13 does not show with the packet that failed.</summary>
    public void TellLater(in DebugFault fault) => _untold = fault;

    public override void Write(ReadOnlySpan<byte> text)
    {
        while (_open && text.Length != 0)
        {
            int taken = Math.Min(text.Length, sender.TextRoom);
            sender.Queue(text[..taken]);
            bool lineEnds = text[^1] == '\n';
            text = text[taken..];
            if (text.Length != 0) AwaitRoom();
            else if (lineEnds && gdb.Clock.Milliseconds - _flushedAt >= FlushInterval) Flush();
        }
    }

    /// <summary>A fault's sentence on a line of its own.</summary>
    public void Tell(in DebugFault fault)
    {
        Span<byte> buffer = stackalloc byte[128];
        var words = new ByteWriter(buffer);
        fault.Describe(ref words);
        words.Write((byte)'\n');
        Write(words.Written);
    }

    private void TellSlowedDown()
    {
        Span<byte> buffer = stackalloc byte[80];
        var words = new ByteWriter(buffer);
        words.Write("errors on the wire: SWCLK lowered to "u8);
        words.WriteDecimal(gdb.Session.Access.Frequency / 1000);
        words.Write(" kHz\n"u8);
        Write(words.Written);
    }

    private void Flush()
    {
        _flushedAt = gdb.Clock.Milliseconds;
        sender.Poll();
    }

    /// <summary>Until the queue moves; a host that reads nothing loses the rest.</summary>
    private void AwaitRoom()
    {
        uint start = gdb.Clock.Milliseconds;
        while (sender.TextRoom == 0)
        {
            if (gdb.Breathe() && gdb.Clock.Milliseconds - start < StallLimit) continue;
            Close();
            return;
        }
    }
}
