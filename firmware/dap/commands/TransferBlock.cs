using System;
using SharpProbe.Wire;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_TransferBlock (0x06). Request: DAP index u8 (the TAP of JTAG_Configure; ignored for SWD), count u16, <see cref="TransferRequest"/> u8, for a write so many u32. Response: count of words done u16, last acknowledge u8,
/// the words of a read. Ends as <see cref="Transfer"/>; words asked for beyond the ends of request or response are not done.
/// </summary>
static class TransferBlock
{
    /// <summary>Words between two looks at the rest of the probe: with fewer, the blocks of the wire do not pay.</summary>
    private const int LeastSlice = 16;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int index) || !request.TryShort(out int count) || !request.TryByte(out int bits)) return false;
        var kind = new TransferRequest(bits);
        int head = response.Length, words = kind.IsRead ? Math.Min(count, (response.Room - 3) / 4) : Math.Min(count, request.Left / 4);
        response.Short(0);
        response.Byte(0);
        int done = 0, result = 0;
        bool may = dap.Choose(index);
        if (kind.IsRead)
        {
            if (words != 0 && may) result = Read(dap, kind, response.Reserve(words * 4), out done);
            response.Cut(head + 3 + done * 4);
        }
        else
        {
            request.TryBytes(words * 4, out ReadOnlySpan<byte> data);
            if (words != 0 && may) result = Write(dap, kind, data, out done);
            request.Skip((count - words) * 4);
        }
        response.SetShort(head, done);
        response.SetByte(head + 2, result);
        return true;
    }

    private static int Read(DapEngine dap, TransferRequest kind, Span<byte> data, out int done)
    {
        int slice = Slice(dap);
        if (slice == 0 || !kind.IsAp) return WordByWord.Read(dap, kind, data, out done);
        done = 0;
        int words = data.Length / 4, result = 0;
        while (done < words && !dap.Aborted)
        {
            int size = Math.Min(slice, words - done), issued = 0, before = 0, waits = 0;
            while (true)
            {
                SwdAck ack = dap.Link.ReadBlock(kind.Wire, data.Slice(done * 4, size * 4), ref issued, tries: 1);
                result = DapAck.Of(ack);
                if (ack == SwdAck.Ok) break;
                if (ack == SwdAck.Wait && dap.MayRetry(ref waits, issued, ref before)) continue;
                done += Math.Max(issued - 1, 0);
                return result;
            }
            done += size;
            dap.Breathe((uint)size);
        }
        return result;
    }

    private static int Write(DapEngine dap, TransferRequest kind, ReadOnlySpan<byte> data, out int done)
    {
        int slice = Slice(dap);
        if (slice == 0) return WordByWord.Write(dap, kind, data, out done);
        done = 0;
        int words = data.Length / 4, result = 0, before = 0, waits = 0;
        while (done < words && !dap.Aborted)
        {
            int start = done, end = Math.Min(words, done + slice);
            while (done < end)
            {
                SwdAck ack = dap.Link.WriteBlock(kind.Wire, data[..(end * 4)], ref done, tries: 1);
                result = DapAck.Of(ack);
                if (ack == SwdAck.Ok || ack == SwdAck.Wait && dap.MayRetry(ref waits, done, ref before)) continue;
                return result;
            }
            dap.Breathe((uint)(end - start));
        }
        return result == DapAck.Ok ? dap.Check() : result;
    }

    private static int Slice(DapEngine dap)
    {
        int words = (int)dap.InARow;
        return dap.Settings.IdleCycles == 0 && words >= LeastSlice ? words : 0;
    }
}
