using SharpProbe.Wire;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_JTAG_IDCODE (0x16). Request: index of the TAP u8. Response: status, and where that is OK IDCODE u32. By Test-Logic-Reset, which chooses IDCODE in each TAP that has it; one that has none is an
/// error.
/// </summary>
static class JtagIdCode
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int index)) return false;
        bool may = dap.ByJtag && response.Room >= 5 && dap.Choose(index);
        uint id = may ? Read(dap.Jtag!, index) : 0;
        response.Byte(DapStatus.Of(id != 0));
        if (id != 0) response.Word(id);
        return true;
    }

    private static uint Read(Jtag jtag, int index)
    {
        uint id = 0;
        jtag.Reset();
        jtag.Enter(ir: false);
        for (int i = 0; i <= index; i++) id = jtag.Shift(1, 1, false) != 0 ? jtag.Shift(uint.MaxValue, 31, false) << 1 | 1 : 0;
        _ = jtag.Shift(1, 1, true);
        jtag.Leave();
        return id;
    }
}
