using System;

namespace SharpProbe.Dap.Commands;

/// <summary>DAP_Info (0x00). Request: id u8. Response: length u8, the information. A length of 0: there is none. Strings end with a zero, which counts.</summary>
static class Info
{
    /// <summary>Of the protocol, not of the probe.</summary>
    private static ReadOnlySpan<byte> Protocol => "2.1.0"u8;

    // Byte 0 of the capabilities. The second byte, which would tell that the UART is a USB port too, is not sent: OpenOCD up to 0.11 takes two bytes for no capabilities at all, and refuses SWD.
    private const int Swd = 1, Jtag = 2, SwoUart = 4, SwoManchester = 8, Atomic = 0x10, TestDomainTimer = 0x20, SwoStreaming = 0x40, Uart = 0x80;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int id)) return false;
        int start = response.Length;
        response.Byte(0);
        switch (id)
        {
            case 0x01: Text(ref response, dap.Identity.Vendor); break;
            case 0x02: Text(ref response, dap.Identity.Product); break;
            case 0x03: Text(ref response, dap.Identity.Serial); break;
            case 0x04: Text(ref response, Protocol); break;
            case 0x09: Text(ref response, dap.Identity.Version); break;
            case 0xF0: response.Byte(Capabilities(dap)); break;
            case 0xF1: response.Word(dap.Wire.TicksPerSecond); break;      // a WORD, though the specification's picture says 8: its own firmware sends 4 too
            case 0xFB when dap.Uart is { } uart: response.Word((uint)uart.ReceiveBuffer); break;
            case 0xFC when dap.Uart is { } uart: response.Word((uint)uart.TransmitBuffer); break;
            case 0xFD when dap.Swo is { } swo: response.Word((uint)swo.BufferSize); break;
            case 0xFE: response.Byte(dap.PacketCount); break;
            case 0xFF: response.Short(response.Size); break;
        }
        response.SetByte(start, response.Length - start - 1);
        return true;
    }

    private static int Capabilities(DapEngine dap)
    {
        int all = (dap.Jtag is null ? Swd : Swd | Jtag) | Atomic | TestDomainTimer;
        if (dap.Swo is { } swo) all |= SwoUart | (swo.MayManchester ? SwoManchester : 0) | (swo.MayStream ? SwoStreaming : 0);
        return dap.Uart is null ? all : all | Uart;
    }

    private static void Text(ref ResponseWriter response, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || response.Room < text.Length + 1) return;
        response.Bytes(text);
        response.Byte(0);
    }
}
