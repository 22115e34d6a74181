namespace SharpProbe.Dap.Commands;

/// <summary>DAP_ResetTarget (0x0A). Response: status, 1 where a sequence for this device was run. We know of none: hosts use nRESET.</summary>
static class ResetTarget
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        response.Byte(DapStatus.Ok);
        response.Byte(0);
        return true;
    }
}
