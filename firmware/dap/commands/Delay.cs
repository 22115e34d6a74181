namespace SharpProbe.Dap.Commands;

/// <summary>DAP_Delay (0x09). Request: µs u16. Response: status.</summary>
static class Delay
{
    /// <summary>µs from which on the rest of the probe goes on meanwhile: its turn takes less.</summary>
    private const uint Long = 1000;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryShort(out int microseconds)) return false;
        uint start = dap.Clock.Microseconds, passed;
        while ((passed = dap.Clock.Microseconds - start) < (uint)microseconds && !dap.Aborted)
            if ((uint)microseconds - passed > Long) dap.Background.Run();
        response.Byte(DapStatus.Ok);
        return true;
    }
}
