using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>q and Q: questions and settings. The long ones have files of their own.</summary>
static unsafe class QueryPackets
{
    public static GdbPacket[] Rows() =>
    [
        new("qSupported"u8, &Supported),
        new("qXfer"u8, &DocumentPackets.Read),
        new("qCRC"u8, &ScanPackets.Crc),
        new("qSearch"u8, &ScanPackets.Search),
        new("qRcmd"u8, &MonitorPacket.Run),
        new("qC"u8, &CurrentThread),
        new("qfThreadInfo"u8, &FirstThreads),
        new("qsThreadInfo"u8, &MoreThreads),
        new("qThreadExtraInfo"u8, &ThreadText),
        new("qAttached"u8, &Attached),
        new("qSymbol"u8, &Symbols),
        new("QStartNoAckMode"u8, &StartNoAckMode),
    ];

    /// <summary>qSupported[:feature;…]</summary>
    private static void Supported(GdbServer gdb, ref PacketReader request)
    {
        gdb.Greet();
        var features = PeerFeatures.None;
        request.TryTake(':');
        while (!request.AtEnd)
        {
            ReadOnlySpan<byte> feature = request.TakeUntil(';');
            if (feature.SequenceEqual("swbreak+"u8)) features |= PeerFeatures.SoftwareBreak;
            else if (feature.SequenceEqual("hwbreak+"u8)) features |= PeerFeatures.HardwareBreak;
        }
        gdb.Features = features;
        gdb.Reply.Write("PacketSize="u8);
        gdb.Reply.WriteHex(GdbServer.PacketSize);
        gdb.Reply.Write(";qXfer:memory-map:read+;qXfer:features:read+;qXfer:threads:read+;vContSupported+;QStartNoAckMode+;swbreak+;hwbreak+;binary-upload+;error-message+"u8);
    }

    private static void StartNoAckMode(GdbServer gdb, ref PacketReader request)
    {
        gdb.StartNoAck();
        gdb.Ok();
    }

    private static void CurrentThread(GdbServer gdb, ref PacketReader request)
    {
        if (gdb.Target is not null) gdb.Reply.Write("QC1"u8);
    }

    private static void FirstThreads(GdbServer gdb, ref PacketReader request) => gdb.Reply.Write(gdb.Target is null ? "l"u8 : "m1"u8);

    private static void MoreThreads(GdbServer gdb, ref PacketReader request) => gdb.Reply.Write((byte)'l');

    private static void ThreadText(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        gdb.Reply.WriteHexBytes("Cortex-"u8);
        gdb.Reply.WriteHexBytes(target.Core);
    }

    /// <summary>1: gdb detaches when it quits, and does not kill.</summary>
    private static void Attached(GdbServer gdb, ref PacketReader request) => gdb.Reply.Write((byte)'1');

    private static void Symbols(GdbServer gdb, ref PacketReader request) => gdb.Ok();
}
