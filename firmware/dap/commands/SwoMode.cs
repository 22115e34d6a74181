namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Mode (0x18). Request: mode u8 (0 off, 1 UART, 2 Manchester). Response: status; an error for Manchester where the pin leads to no timer. Trace that runs ends.</summary>
static class SwoMode
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryByte(out int mode)) return false;
        response.Byte(DapStatus.Of(swo.TrySetMode(mode)));
        return true;
    }
}
