namespace SharpProbe.Dap.Commands;

/// <summary>DAP_UART_Status (0x23). Response: status u8 (0: receives, 1: lost bytes, 2: framing error, 3: parity error, since it was asked last; 4: transmits), bytes to read u32, bytes not sent yet u32.</summary>
static class UartStatus
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Uart is not { } uart) return false;
        bool ours = uart.IsOf(dap.User);
        int available = ours ? uart.Available : 0;           // before the status: it notices lost bytes
        response.Byte(ours ? uart.TakeStatus() : 0);
        response.Word((uint)available);
        response.Word(ours ? (uint)uart.Unsent : 0);
        return true;
    }
}
