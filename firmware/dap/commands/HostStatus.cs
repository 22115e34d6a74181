namespace SharpProbe.Dap.Commands;

/// <summary>DAP_HostStatus (0x01). Request: type u8 (0 connected, 1 running), status u8. Response: 0. For lamps.</summary>
static class HostStatus
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int type) || !request.TryByte(out int status)) return false;
        if (type == 0) dap.HostConnected = (status & 1) != 0;
        else if (type == 1) dap.TargetRuns = (status & 1) != 0;
        response.Byte(DapStatus.Of(type <= 1));
        return true;
    }
}
