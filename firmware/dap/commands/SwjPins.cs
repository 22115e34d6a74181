namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_SWJ_Pins (0x10). Request: levels u8, which of them to set u8, µs to wait u32 until they show (at most 3 s). Response: levels u8. Bits: 0 SWCLK and TCK, 1 SWDIO and TMS, 2 TDI, 3 TDO, 7 nRESET, which works without
/// DAP_Connect too. TDI and TDO read 0 unless connected by JTAG; nTRST is wired on no board and reads 0.
/// </summary>
static class SwjPins
{
    private const int Swclk = 1, Swdio = 2, Tdi = 4, Reset = 0x80;
    private const uint LongestWait = 3_000_000;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int levels) || !request.TryByte(out int which) || !request.TryWord(out uint wait)) return false;
        which &= dap.ByJtag ? Swclk | Swdio | Tdi | Reset : Swclk | Swdio | Reset;
        if ((which & Reset) != 0 && dap.MayTouchPins) dap.Wire.HoldReset = (levels & Reset) == 0;
        if (dap.Connected) dap.Wire.SetLevels((uint)levels, (uint)which & (Swclk | Swdio));
        if ((which & Tdi) != 0) dap.Jtag!.SetTdi((levels & Tdi) != 0);
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

    private static int Levels(DapEngine dap) => (int)dap.Wire.Levels | (dap.ByJtag ? (int)dap.Jtag!.Levels << 2 : 0) | (dap.Wire.InReset ? 0 : Reset);
}
