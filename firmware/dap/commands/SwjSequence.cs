using System;

namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWJ_Sequence (0x12). Request: bits u8 (0: 256), so many bits for SWDIO, lowest first. Response: status.</summary>
static class SwjSequence
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int bits)) return false;
        if (bits == 0) bits = 256;
        if (!request.TryBytes((bits + 7) / 8, out ReadOnlySpan<byte> data)) return false;
        if (dap.Connected)
            foreach (byte b in data)
            {
                dap.Wire.Out(b, Math.Min(bits, 8));
                bits -= 8;
            }
        response.Byte(DapStatus.Of(dap.Connected));
        return true;
    }
}
