using System;
using SharpProbe.Wire;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_JTAG_Sequence (0x14). Request: number of sequences u8, each: u8, bits 5:0 clocks (0: 64), bit 6 level of TMS, bit 7 TDO is wanted; the bits for TDI, lowest first. Response: status, the bits of
/// TDO that are wanted, each sequence padded to bytes. All of it is looked at before the first clock: a response that does not fit is an error.
/// </summary>
static class JtagSequence
{
    private const int Tms = 0x40, Capture = 0x80;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int count)) return false;
        RequestReader ahead = request;
        int room = 1;
        for (int i = 0; i < count; i++)
        {
            if (!ahead.TryByte(out int info) || !ahead.TryBytes(Bytes(info), out _)) return false;
            if ((info & Capture) != 0) room += Bytes(info);
        }
        bool may = dap.ByJtag && room <= response.Room;
        response.Byte(DapStatus.Of(may));
        if (may)
            for (int i = 0; i < count; i++)
            {
                request.TryByte(out int info);
                request.TryBytes(Bytes(info), out ReadOnlySpan<byte> data);
                Shift(dap.Jtag!, info, data, ref response);
                dap.Breathe();
            }
        request = ahead;
        return true;
    }

    private static int Clocks(int info) => (info & 63) == 0 ? 64 : info & 63;

    private static int Bytes(int info) => (Clocks(info) + 7) / 8;

    private static void Shift(Jtag jtag, int info, ReadOnlySpan<byte> data, ref ResponseWriter response)
    {
        int clocks = Clocks(info);
        bool tms = (info & Tms) != 0;
        while (!data.IsEmpty)
        {
            int bytes = Math.Min(data.Length, 4);
            uint tdi = 0;
            for (int i = 0; i < bytes; i++) tdi |= (uint)data[i] << i * 8;
            uint tdo = jtag.Shift(tdi, Math.Min(clocks, 32), tms);
            for (int i = 0; i < bytes && (info & Capture) != 0; i++) response.Byte((int)(tdo >> i * 8));
            data = data[bytes..];
            clocks -= 32;
        }
    }
}
