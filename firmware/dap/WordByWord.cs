using System;
using System.Buffers.Binary;
using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>Blocks one transaction at a time: with idle cycles in between, of registers of the DP, and at clocks so slow that the rest of the probe has its turn every few words.</summary>
static class WordByWord
{
    /// <summary>Reads of an AP are posted; RDBUFF gives the last.</summary>
    /// <param name="done">Words complete.</param>
    public static int Read(DapEngine dap, TransferRequest kind, Span<byte> data, out int done)
    {
        done = 0;
        uint value = 0;
        int words = data.Length / 4, result = kind.IsAp ? dap.Access(kind.Wire, ref value) : DapAck.Ok;
        while (result == DapAck.Ok && done < words && !dap.Aborted)
        {
            bool last = kind.IsAp && done == words - 1;
            result = dap.Access(last ? SwdRequest.ReadDp(12) : kind.Wire, ref value);
            if (result == DapAck.Ok) BinaryPrimitives.WriteUInt32LittleEndian(data[(done++ * 4)..], value);
        }
        return result;
    }

    /// <param name="done">Words that the target took.</param>
    public static int Write(DapEngine dap, TransferRequest kind, ReadOnlySpan<byte> data, out int done)
    {
        done = 0;
        int words = data.Length / 4, result = DapAck.Ok;
        while (result == DapAck.Ok && done < words && !dap.Aborted)
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(data[(done * 4)..]);
            result = dap.Access(kind.Wire, ref value);
            if (result == DapAck.Ok) done++;
        }
        return result == DapAck.Ok ? dap.Check() : result;
    }
}
