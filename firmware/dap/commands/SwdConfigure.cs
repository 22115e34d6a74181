namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWD_Configure (0x13). Request: u8, bits 1:0 clocks of turnaround less one, bit 2 data phase also after WAIT and FAULT. Response: status.</summary>
static class SwdConfigure
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int value)) return false;
        dap.Settings.Turnaround = (value & 3) + 1;
        dap.Settings.DataPhase = (value & 4) != 0;
        if (dap.Connected)
        {
            dap.Wire.Turnaround = dap.Settings.Turnaround;
            dap.Wire.DataPhase = dap.Settings.DataPhase;
        }
        response.Byte(DapStatus.Ok);
        return true;
    }
}
