using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>The probe's own command line on one stream: echoes what is typed and runs a complete line.</summary>
public sealed class ConsolePort<TBoard>(ByteStream line) where TBoard : struct, IBoardPorts
{
    private readonly CommandLine _command = new();

    public void Poll()
    {
        Span<byte> key = stackalloc byte[1];
        while (line.Available != 0 || !line.Connected)
        {
            if (line.Read(key) == 0) return;
            Take(key);
        }
    }

    private void Take(ReadOnlySpan<byte> key)
    {
        bool complete = _command.Accept(key[0]);
        line.Write(key[0] is (byte)'\r' or (byte)'\n' ? "\r\n"u8 : key);
        if (complete) Execute();
    }

    private void Execute()
    {
        Span<byte> buffer = stackalloc byte[256];
        var reply = new ByteWriter(buffer);
        bool reset = Commands.Execute(_command.Text, TBoard.Milliseconds, ref reply);
        line.Write(reply.Written);
        _command.Clear();
        if (reset) TBoard.Reset();
    }
}
