namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_UART_Control (0x22). Request: u8 (0: enable reception, 1: disable it, 2: drop what came; 4: enable transmission, 5: disable it, 6: drop what waits). Response: status; enabling before
/// DAP_UART_Configure is an error. Disabled transmission drops what waits too.
/// </summary>
static class UartControl
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Uart is not { } uart || !request.TryByte(out int control)) return false;
        response.Byte(DapStatus.Of(uart.IsOf(dap.User) && uart.Control(control)));
        return true;
    }
}
