namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Control (0x1A). Request: bit 0 of u8 starts or stops. Response: status; an error without mode or rate, and while somebody else has the trace. A start forgets what was left.</summary>
static class SwoControl
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryByte(out int control)) return false;
        response.Byte(DapStatus.Of(swo.Control((control & 1) != 0)));
        return true;
    }
}
