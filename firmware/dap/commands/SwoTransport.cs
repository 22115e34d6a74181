namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Transport (0x17). Request: transport u8 (0 none, 1 DAP_SWO_Data, 2 the endpoint for it). Response: status. An error while trace runs, and for the endpoint where the USB mode has none.</summary>
static class SwoTransport
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryByte(out int transport)) return false;
        response.Byte(DapStatus.Of(swo.TrySetTransport(transport)));
        return true;
    }
}
