using System;

namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Data (0x1C). Request: most bytes u16. Response: flags as DAP_SWO_Status u8, count u16, so many of the oldest bytes.</summary>
static class SwoData
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryShort(out int most)) return false;
        int head = response.Length;
        response.Byte(0);
        response.Short(0);
        int start = response.Length, room = Math.Min(most, response.Room), count = swo.Read(response.Reserve(room));
        response.Cut(start + count);
        response.SetByte(head, swo.TakeStatus());                          // after the read, which notices what was lost before it
        response.SetShort(head + 1, count);
        return true;
    }
}
