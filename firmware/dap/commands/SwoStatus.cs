namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Status (0x1B). Response: flags u8 (bit 0 runs, 6 damaged bytes, 7 lost bytes; the last two since asked before), bytes that wait u32.</summary>
static class SwoStatus
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo) return false;
        response.Byte(swo.TakeStatus());
        response.Word((uint)swo.Count);
        return true;
    }
}
