namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWJ_Clock (0x11). Request: Hz u32. Response: status. The pin is never faster; below 1 kHz it is 1 kHz. 0 Hz is an error, and so is a clock that gdb is using.</summary>
static class SwjClock
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryWord(out uint hertz)) return false;
        bool may = hertz != 0 && dap.MayTouchPins;
        if (may)
        {
            dap.Wire.Frequency = hertz;
            dap.Pace();
        }
        response.Byte(DapStatus.Of(may));
        return true;
    }
}
