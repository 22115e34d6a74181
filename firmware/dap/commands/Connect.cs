namespace SharpProbe.Dap.Commands;

/// <summary>DAP_Connect (0x02). Request: port u8 (0 default, 1 SWD, 2 JTAG). Response: port u8; 0: not possible, or the wire is in use by gdb. The default is SWD.</summary>
static class Connect
{
    private const int Default = 0, Swd = 1, Jtag = 2;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int port)) return false;
        if (port == Default) port = Swd;
        response.Byte(port is Swd or Jtag && dap.Connect(port == Jtag) ? port : 0);
        return true;
    }
}
