namespace SharpProbe.Dap.Commands;

/// <summary>DAP_UART_Transport (0x1F). Request: u8 (0 none, 1 USB port, 2 DAP commands). Response: status. 0 gives the UART to the USB port as well.</summary>
static class UartTransport
{
    private const int None = 0, UsbPort = 1, Commands = 2;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Uart is not { } uart || !request.TryByte(out int transport)) return false;
        response.Byte(DapStatus.Of(transport switch
        {
            None or UsbPort => uart.Return(dap.User),
            Commands => uart.TryTake(dap.User),
            _ => false,
        }));
        return true;
    }
}
