using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>qCRC and qSearch: memory is looked at by the probe, and only the result travels. Ctrl-C ends them.</summary>
static class ScanPackets
{
    /// <summary>qCRC:address,length. Reply: C and the CRC.</summary>
    public static void Crc(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        if (!request.TryTake(':') || !request.TryRange(out uint address, out uint length))
        {
            gdb.BadArgument();
            return;
        }
        uint crc = Crc32.Start;
        Span<byte> work = gdb.Reply.Free;
        uint done = target.AddCrc(address, length, work, ref crc);
        address += done;
        length -= done;
        while (length != 0)
        {
            Span<byte> data = work[..(int)Math.Min(length, GdbServer.Slice - (address & 3))];
            DebugFault fault = target.ReadMemory(address, data);
            if (fault.Failed)
            {
                gdb.FailShort(fault);
                return;
            }
            crc = gdb.Crc.Add(crc, data);
            address += (uint)data.Length;
            length -= (uint)data.Length;
            if (length != 0 && !gdb.Breathe())
            {
                gdb.Fail("interrupted"u8);
                return;
            }
        }
        gdb.Reply.Write((byte)'C');
        gdb.Reply.WriteHex(crc);
    }

    /// <summary>qSearch:memory:address;length;pattern. Reply: 1,address of the first place, or 0.</summary>
    public static void Search(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        if (!request.TryTake(":memory:"u8) || !request.TryHex(out uint address) || !request.TryTake(';') || !request.TryHex(out uint length) || !request.TryTake(';')
            || request.AtEnd || request.Rest.Length > GdbServer.PacketSize - GdbServer.Slice)
        {
            gdb.BadArgument();
            return;
        }
        ReadOnlySpan<byte> pattern = request.Rest;
        Span<byte> work = gdb.Reply.Free;
        int kept = 0;                           // bytes at the start of work that were read before: the pattern may lie across slices
        while (length != 0)
        {
            int taken = (int)Math.Min(length, GdbServer.Slice - (address & 3));
            DebugFault fault = target.ReadMemory(address, work.Slice(kept, taken));
            if (fault.Failed)
            {
                gdb.FailShort(fault);
                return;
            }
            Span<byte> seen = work[..(kept + taken)];
            int found = Find(seen, pattern);
            if (found >= 0)
            {
                gdb.Reply.Write("1,"u8);
                gdb.Reply.WriteHex(address - (uint)kept + (uint)found);
                return;
            }
            address += (uint)taken;
            length -= (uint)taken;
            kept = Math.Min(seen.Length, pattern.Length - 1);
            seen[^kept..].CopyTo(work);
            if (length != 0 && !gdb.Breathe())
            {
                gdb.Fail("interrupted"u8);
                return;
            }
        }
        gdb.Reply.Write((byte)'0');
    }

    /// <summary>Position of the first occurrence, or -1.</summary>
    private static int Find(ReadOnlySpan<byte> data, ReadOnlySpan<byte> pattern)
    {
        int start = 0;
        while (data.Length - start >= pattern.Length)
        {
            int next = data[start..(data.Length - pattern.Length + 1)].IndexOf(pattern[0]);
            if (next < 0) return -1;
            start += next;
            if (data.Slice(start, pattern.Length).SequenceEqual(pattern)) return start;
            start++;
        }
        return -1;
    }
}
