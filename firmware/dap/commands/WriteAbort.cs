using SharpProbe.Wire;

namespace SharpProbe.Dap.Commands;

/// <summary>DAP_WriteABORT (0x08). Request: DAP index u8 (the TAP of JTAG_Configure; ignored for SWD), value u32. Response: status.</summary>
static class WriteAbort
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int index) || !request.TryWord(out uint value)) return false;
        response.Byte(DapStatus.Of(dap.Choose(index) && dap.Link.Write(SwdRequest.WriteDp(0), value) == SwdAck.Ok));
        return true;
    }
}
