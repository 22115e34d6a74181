namespace SharpProbe.Gdb;

/// <summary>F: gdb's answer to a request for a file (gdb manual, "The F Reply Packet"). The target runs on, and the next reply is that it stands still, or another request.</summary>
static unsafe class FilePackets
{
    public static GdbPacket[] Rows() => [new("F"u8, &Answer)];

    /// <summary>F result[,errno[,C]]: hexadecimal, the result with its sign; C: Ctrl-C was pressed meanwhile.</summary>
    private static void Answer(GdbServer gdb, ref PacketReader request)
    {
        bool negative = request.TryTake('-');
        uint error = 0;
        if (!request.TryHex(out uint result) || result > int.MaxValue || request.TryTake(',') && !request.TryHex(out error)) gdb.BadArgument();
        else if (!gdb.Run.OnAnswer(negative ? -(int)result : (int)result, error, request.TryTake(",C"u8))) gdb.Fail("nothing was asked"u8);
        else gdb.Withheld = true;
    }
}
