using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>What the probe's own console understands beside the monitor commands.</summary>
public static class Commands
{
    /// <summary>Runs one line.</summary>
    public static CommandOutcome Execute(ReadOnlySpan<byte> line, uint milliseconds, ref ByteWriter reply)
    {
        if (line.SequenceEqual("help"u8))
        {
            reply.Write("This console: help, version, uptime, reboot, bootloader, usb_echo, crash "u8);
            reply.Write(DeliberateCrash.Names);
            reply.Write("\r\nand what gdb's monitor knows: monitor help, or any of its commands\r\n"u8);
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
        else if (line.SequenceEqual("reboot"u8)) return CommandOutcome.Reboot;
        else if (line.SequenceEqual("usb_echo"u8))
        {
            reply.Write("the UART port sends back what it gets, until its DTR drops\r\n"u8);
            return CommandOutcome.UsbEcho;
        }
        else if (line.SequenceEqual("bootloader"u8))
        {
            reply.Write("the boot loader waits as 0483:df11\r\n"u8);
            return CommandOutcome.BootLoader;
        }
        else if (!line.StartsWith("crash "u8) || !DeliberateCrash.Run(line[6..])) return CommandOutcome.Unknown;
        return CommandOutcome.Done;
    }
}
