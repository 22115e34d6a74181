using System;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_UART_Transfer (0x21). Request: most to receive u16, to transmit u16, the data. Response: status u8 as <see cref="UartStatus"/>, taken to transmit u16, received u16, the data. As much as response
/// and buffers have room for.
/// </summary>
static class UartTransfer
{
    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Uart is not { } uart || !request.TryShort(out int receive) || !request.TryShort(out int transmit) || !request.TryBytes(transmit, out ReadOnlySpan<byte> data)) return false;
        bool ours = uart.IsOf(dap.User);
        int sent = ours ? uart.Write(data) : 0;
        response.Byte(ours ? uart.TakeStatus() : 0);
        response.Short(sent);
        int head = response.Length;
        response.Short(0);
        int most = ours ? Math.Min(Math.Min(receive, response.Room), uart.Available) : 0, received = 0;
        if (most != 0) received = uart.Read(response.Reserve(most));
        response.SetShort(head, received);
        response.Cut(head + 2 + received);
        return true;
    }
}
