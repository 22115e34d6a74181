using System;
using SharpProbe.Wire;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_JTAG_Configure (0x15). Request: number of TAPs u8, the length of each one's instruction register u8, the TAP at TDO first. Response: status. More than 32 TAPs or a length that is not 1 to 32
/// is an error, and what was told before stays.
/// </summary>
static class JtagConfigure
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int count) || !request.TryBytes(count, out ReadOnlySpan<byte> lengths)) return false;
        bool may = dap.Jtag is not null && count <= TapChain.MaxTaps;
        foreach (byte length in lengths) may &= length is >= 1 and <= TapChain.MaxIrLength;
        if (may)
        {
            dap.Chain.Clear();
            foreach (byte length in lengths) dap.Chain.TryAdd(length);
        }
        response.Byte(DapStatus.Of(may));
        return true;
    }
}
