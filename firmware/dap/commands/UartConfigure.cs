namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_UART_Configure (0x20). Request: u8 (3:0 data bits, 0: 8; 5:4 parity: none, even, odd; 7:6 stop bits: 1, 2), baud u32. Response: u8 (0: data bits, 1: parity, 2: stop bits cannot be), baud u32: what the line
/// has, or 0.
/// </summary>
static class UartConfigure
{
    private const int NotOurs = 7;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Uart is not { } uart || !request.TryByte(out int control) || !request.TryWord(out uint baud)) return false;
        uint actual = 0;
        response.Byte(uart.IsOf(dap.User) ? uart.Configure(control, baud, out actual) : NotOurs);
        response.Word(actual);
        return true;
    }
}
