namespace SharpProbe.Dap.Commands;

/// <summary>DAP_TransferConfigure (0x04). Request: idle cycles u8, WAIT retries u16, match retries u16. Response: status.</summary>
static class TransferConfigure
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int idle) || !request.TryShort(out int waits) || !request.TryShort(out int matches)) return false;
        (dap.Settings.IdleCycles, dap.Settings.WaitRetries, dap.Settings.MatchRetries) = (idle, waits, matches);
        response.Byte(DapStatus.Ok);
        return true;
    }
}
