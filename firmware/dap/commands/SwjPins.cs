namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_SWJ_Pins (0x10). Request: levels u8, which of them to set u8, µs to wait u32 until they show (at most 3 s). Response: levels u8. Bits: 0 SWCLK, 1 SWDIO, 7 nRESET, which works without
/// DAP_Connect too. TDI, TDO and nTRST are not wired to this engine and read 0.
/// </summary>
static class SwjPins
{
    private const int Swclk = 1, Swdio = 2, Reset = 0x80;
    private const uint LongestWait = 3_000_000;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int levels) || !request.TryByte(out int which) || !request.TryWord(out uint wait)) return false;
        which &= Swclk | Swdio | Reset;
        if ((which & Reset) != 0 && dap.MayTouchPins) dap.Wire.HoldReset = (levels & Reset) == 0;
        if (dap.Connected) dap.Wire.SetLevels((uint)levels, (uint)which & (Swclk | Swdio));
        if (wait > LongestWait) wait = LongestWait;
        uint start = dap.Clock.Microseconds;
        int seen = Levels(dap);
        while (((seen ^ levels) & which) != 0 && dap.Clock.Microseconds - start < wait && !dap.Aborted)
        {
            dap.Background.Run();
            seen = Levels(dap);
        }
        response.Byte(seen);
        return true;
    }

    private static int Levels(DapEngine dap) => (int)dap.Wire.Levels | (dap.Wire.InReset ? 0 : Reset);
}
