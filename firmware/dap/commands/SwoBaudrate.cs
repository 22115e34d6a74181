namespace SharpProbe.Dap.Commands;

/// <summary>DAP_SWO_Baudrate (0x19). Request: bits a second u32. Response: what the receiver makes of it u32; 0: it has nothing within 2.5 %, and nothing changes. Manchester shows its rate by itself: asked for or not, any is received.</summary>
static class SwoBaudrate
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryWord(out uint baud)) return false;
        response.Word(swo.SetBaud(baud));
        return true;
    }
}
