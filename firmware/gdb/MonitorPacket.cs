using System;
using SharpProbe.Monitoring;

namespace SharpProbe.Gdb;

/// <summary>qRcmd,command in hexadecimal: "monitor". Its text goes to gdb's console as it is written; the reply is OK, E (it failed, and the text says why), or empty (no such command).</summary>
static class MonitorPacket
{
    public static void Run(GdbServer gdb, ref PacketReader request)
    {
        Span<byte> buffer = stackalloc byte[128];
        int length = request.TryTake(',') ? request.Rest.Length / 2 : 0;
        if (length > buffer.Length || !request.TryHexBytes(buffer[..length]))
        {
            gdb.Console.Open();
            gdb.Console.Write("a command has 128 characters at most\n"u8);
            gdb.Console.Close();
            gdb.Reply.Write((byte)'E');
            return;
        }
        gdb.Console.Open();
        CommandResult result = gdb.Monitor.Execute(buffer[..length], gdb.Console);
        gdb.Console.Close();
        if (result == CommandResult.Done) gdb.Ok();
        else if (result == CommandResult.Failed) gdb.Reply.Write((byte)'E');
    }
}
