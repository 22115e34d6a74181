using System;
using SharpProbe.Io;
using SharpProbe.Monitoring;
using SharpProbe.Usb.Dfu;

namespace SharpProbe.App;

/// <summary>The probe's own command line on one stream: echoes what is typed and runs a complete line.</summary>
public sealed class ConsolePort<TBoard>(ByteStream line, ProbeMonitor monitor, UsbEcho echo, BootRequest boot) where TBoard : struct, IBoardPorts
{
    private readonly CommandLine _command = new();
    private readonly ConsoleText _text = new(line);

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
        if (monitor.Wave is { Active: true } wave)
        {
            if (key[0] == '\n') return;                       // of the command's own CR LF
            wave.Stop();
            line.Write("SWCLK is off\r\n"u8);
            return;
        }
        bool complete = _command.Accept(key[0]);
        line.Write(key[0] is (byte)'\r' or (byte)'\n' ? "\r\n"u8 : key);
        if (complete) Execute();
    }

    private void Execute()
    {
        Span<byte> buffer = stackalloc byte[256];
        var reply = new ByteWriter(buffer);
        ReadOnlySpan<byte> text = _command.Text;
        CommandOutcome outcome = Commands.Execute(text, TBoard.Milliseconds, ref reply);
        line.Write(reply.Written);
        if (outcome == CommandOutcome.Unknown) monitor.Execute(text.StartsWith("monitor "u8) ? text[8..] : text, _text);
        _command.Clear();
        if (outcome == CommandOutcome.UsbEcho) echo.Begin();
        if (outcome == CommandOutcome.BootLoader) boot.Ask();
        if (outcome == CommandOutcome.Reboot) TBoard.Reset();
    }
}
