using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>m x M X: memory, as hexadecimal digits (small letters read, capitals write) and as binary data. Reads may return less than was asked for.</summary>
static unsafe class MemoryPackets
{
    /// <summary>Characters kept free in a binary reply for escapes; random data has one in 64.</summary>
    private const int ForEscapes = GdbServer.PacketSize / 16;

    public static GdbPacket[] Rows() =>
    [
        new("m"u8, &ReadDigits),
        new("X"u8, &WriteBinary),
        new("x"u8, &ReadBinary),
        new("M"u8, &WriteDigits),
    ];

    /// <summary>m address,length</summary>
    private static void ReadDigits(GdbServer gdb, ref PacketReader request)
    {
        if (!TryRequest(gdb, ref request, out DebugTarget target, out uint address, out uint length)) return;
        int taken = (int)Math.Min(length, (uint)gdb.Reply.Room / 2);
        DebugFault fault = TargetMemory.Read(gdb, target, address, gdb.Reply.Tail(taken));
        if (fault.Failed) gdb.FailShort(fault);
        else gdb.Reply.EncodeTail(taken);
    }

    /// <summary>x address,length. The reply is 'b' and the data (gdb 16).</summary>
    private static void ReadBinary(GdbServer gdb, ref PacketReader request)
    {
        if (!TryRequest(gdb, ref request, out DebugTarget target, out uint address, out uint length)) return;
        gdb.Reply.Write((byte)'b');
        int taken = (int)Math.Min(length, (uint)(gdb.Reply.Room - ForEscapes));
        DebugFault fault = TargetMemory.Read(gdb, target, address, gdb.Reply.Tail(taken));
        if (fault.Failed) gdb.FailShort(fault);
        else gdb.Reply.EscapeTail(taken);
    }

    /// <summary>M address,length:digits</summary>
    private static void WriteDigits(GdbServer gdb, ref PacketReader request)
    {
        if (!TryRequest(gdb, ref request, out DebugTarget target, out uint address, out uint length)) return;
        if (!request.TryTake(':') || length > (uint)gdb.Reply.Room)
        {
            gdb.BadArgument();
            return;
        }
        Span<byte> data = gdb.Reply.Free[..(int)length];          // a place to work: the reply is written afterwards
        if (request.TryHexBytes(data) && request.AtEnd) gdb.Answer(TargetMemory.Write(gdb, target, address, data));
        else gdb.BadArgument();
    }

    /// <summary>X address,length:data. Length 0 is gdb's question whether the packet is known.</summary>
    private static void WriteBinary(GdbServer gdb, ref PacketReader request)
    {
        if (!TryRequest(gdb, ref request, out DebugTarget target, out uint address, out uint length)) return;
        if (request.TryTake(':') && (uint)request.Rest.Length == length) gdb.Answer(length == 0 ? DebugFault.None : TargetMemory.Write(gdb, target, address, request.Rest));
        else gdb.BadArgument();
    }

    private static bool TryRequest(GdbServer gdb, ref PacketReader request, out DebugTarget target, out uint address, out uint length)
    {
        address = length = 0;
        if (!gdb.TryTarget(out target)) return false;
        if (request.TryRange(out address, out length)) return true;
        gdb.BadArgument();
        return false;
    }
}
