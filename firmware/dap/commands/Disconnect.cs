namespace SharpProbe.Dap.Commands;

/// <summary>DAP_Disconnect (0x03). Response: status. Harmless at any time: some hosts begin with it.</summary>
static class Disconnect
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        dap.Disconnect();
        response.Byte(DapStatus.Ok);
        return true;
    }
}
