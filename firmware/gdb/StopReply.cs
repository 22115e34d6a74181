using System;
using System.Buffers.Binary;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>
/// gdb manual, "Stop Reply Packets": T with signal, thread, reason, and the registers that gdb wants at every stop, which saves it from asking. W: exited. X: the target is lost.
/// </summary>
static class StopReply
{
    /// <summary>r7 (frame pointer in Thumb code), sp, lr, pc, xPSR (gdb looks at its T bit). Fewer transfers than all of them, and enough for "step".</summary>
    private static ReadOnlySpan<byte> Expedited => [7, 13, 14, 15, 25];

    public static void Write(GdbServer gdb, in StopInfo info)
    {
        PacketFrame reply = gdb.Reply;
        switch (info.Reason)
        {
            case StopReason.Exited:
                reply.Write((byte)'W');
                reply.WriteHexBytes([(byte)info.Address]);
                return;
            case StopReason.Lost:
                reply.Write("X1D"u8);               // SIGLOST
                return;
            case StopReason.Request:
                reply.Write("T02"u8);               // SIGINT
                break;
            case StopReason.Fault:
                reply.Write("T0B"u8);               // SIGSEGV
                break;
            default:
                reply.Write("T05"u8);               // SIGTRAP
                break;
        }
        reply.Write("thread:1;"u8);
        WriteReason(gdb, info);
        WriteRegisters(gdb);
    }

    /// <summary>Little endian.</summary>
    public static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void WriteReason(GdbServer gdb, in StopInfo info)
    {
        ReadOnlySpan<byte> watch = info.Reason switch
        {
            StopReason.WatchWrite => "watch:"u8,
            StopReason.WatchRead => "rwatch:"u8,
            StopReason.WatchAccess => "awatch:"u8,
            _ => default,
        };
        if (watch.Length != 0)
        {
            gdb.Reply.Write(watch);
            gdb.Reply.WriteHex(info.Address);
            gdb.Reply.Write((byte)';');
        }
        else if (info.Reason == StopReason.Breakpoint) WriteBreak(gdb);
    }

    /// <summary>
    /// Only for gdb's own breakpoints. Of one that it does not know it believes that it was deleted meanwhile, and goes on: a BKPT in the program would never stop.
    /// </summary>
    private static void WriteBreak(GdbServer gdb)
    {
        Span<byte> pc = stackalloc byte[4];
        if (gdb.Target is not { } target || target.ReadRegister(15, pc).Failed || !gdb.Points.TryFind(Word(pc), out PointKind kind)) return;
        bool software = kind == PointKind.Software;
        if ((gdb.Features & (software ? PeerFeatures.SoftwareBreak : PeerFeatures.HardwareBreak)) == 0) return;
        gdb.Reply.Write(software ? "swbreak:;"u8 : "hwbreak:;"u8);
    }

    private static void WriteRegisters(GdbServer gdb)
    {
        if (gdb.Target is not { } target) return;
        Span<byte> value = stackalloc byte[4];
        foreach (byte number in Expedited)
        {
            if (number >= target.RegisterCount || target.RegisterSize(number) != 4 || target.ReadRegister(number, value).Failed) continue;
            gdb.Reply.WriteHexBytes([number]);
            gdb.Reply.Write((byte)':');
            gdb.Reply.WriteHexBytes(value);
            gdb.Reply.Write((byte)';');
        }
    }
}
