using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>What the idle firmware's console understands.</summary>
public static class Commands
{
    /// <summary>Runs one line. True: the reply was the last word before a reset.</summary>
    public static bool Execute(ReadOnlySpan<byte> line, uint milliseconds, ref ByteWriter reply)
    {
        if (line.SequenceEqual("help"u8))
        {
            reply.Write("help, version, uptime, reset, crash "u8);
            reply.Write(DeliberateCrash.Names);
            reply.Write("\r\n"u8);
        }
        else if (line.SequenceEqual("version"u8))
        {
            reply.Write(Product.Name);
            reply.Write((byte)' ');
            reply.Write(Product.Version);
            reply.Write("\r\n"u8);
        }
        else if (line.SequenceEqual("uptime"u8))
        {
            reply.WriteDecimal(milliseconds);
            reply.Write(" ms\r\n"u8);
        }
        else if (line.SequenceEqual("reset"u8)) return true;
        else if (!line.StartsWith("crash "u8) || !DeliberateCrash.Run(line[6..]))
        {
            reply.Write("unknown command \""u8);
            reply.Write(line);
            reply.Write("\": try help\r\n"u8);
        }
        return false;
    }
}
