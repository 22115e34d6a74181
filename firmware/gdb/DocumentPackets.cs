using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>qXfer:object:read:annex:offset,length. The document is written anew for each part of it, so none is ever too long.</summary>
static class DocumentPackets
{
    private enum Document : byte { Unknown, MemoryMap, Description, Threads }

    public static void Read(GdbServer gdb, ref PacketReader request)
    {
        Document document = Find(ref request);
        if (document == Document.Unknown) return;
        if (gdb.Target is not { } target)
        {
            gdb.FailShort(FaultKind.NotAttached);
            return;
        }
        if (!request.TryTake(':') || !request.TryRange(out uint offset, out uint length))
        {
            gdb.FailShort(FaultKind.BadArgument);
            return;
        }
        Reply(gdb.Reply, target, document, offset, length);
    }

    private static Document Find(ref PacketReader request)
    {
        if (request.TryTake(":memory-map:read:"u8)) return Document.MemoryMap;
        if (request.TryTake(":features:read:target.xml"u8)) return Document.Description;
        return request.TryTake(":threads:read:"u8) ? Document.Threads : Document.Unknown;
    }

    /// <summary>'m' and a part, or 'l' and the last part. The part is written to the end of the frame and brought forward with its escapes.</summary>
    private static void Reply(PacketFrame reply, DebugTarget target, Document document, uint offset, uint length)
    {
        reply.Write((byte)'l');
        Span<byte> area = reply.Free;
        Span<byte> window = area[..(int)Math.Min(length, (uint)area.Length / 2)];
        var writer = new WindowWriter(window, offset);
        Write(ref writer, target, document);
        int written = writer.Written.Length;
        writer.Written.CopyTo(reply.Tail(written));
        int taken = reply.EscapeTail(written);
        if (writer.Position > offset + (uint)taken) reply.Begin((byte)'m');
    }

    private static void Write(ref WindowWriter writer, DebugTarget target, Document document)
    {
        if (document == Document.MemoryMap) target.WriteMemoryMap(ref writer);
        else if (document == Document.Description) target.WriteDescription(ref writer);
        else
        {
            writer.Write("<?xml version=\"1.0\"?>\n<threads><thread id=\"1\" core=\"0\" name=\"Cortex-"u8);
            writer.Write(target.Core);
            writer.Write("\"/></threads>\n"u8);
        }
    }
}
