using System;

namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_SWD_Sequence (0x1D). Request: number of sequences u8, each: u8, bits 5:0 clocks (0: 64), bit 7 input; for an output its bits, lowest first. Response: status, the bits of the inputs, each
/// padded to bytes. All of it is looked at before the first clock: a response that does not fit is an error.
/// </summary>
static class SwdSequence
{
    private const int Input = 0x80;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (!request.TryByte(out int count)) return false;
        RequestReader ahead = request;
        int room = 1;
        for (int i = 0; i < count; i++)
        {
            if (!ahead.TryByte(out int info)) return false;
            if ((info & Input) != 0) room += Bytes(info);
            else if (!ahead.TryBytes(Bytes(info), out _)) return false;
        }
        bool may = dap.Connected && !dap.ByJtag && room <= response.Room;
        response.Byte(DapStatus.Of(may));
        if (!may)
        {
            request = ahead;
            return true;
        }
        for (int i = 0; i < count; i++)
        {
            request.TryByte(out int info);
            if ((info & Input) != 0) Receive(dap, Clocks(info), ref response);
            else if (request.TryBytes(Bytes(info), out ReadOnlySpan<byte> data)) Send(dap, Clocks(info), data);
        }
        dap.Wire.Drive();
        return true;
    }

    private static int Clocks(int info) => (info & 63) == 0 ? 64 : info & 63;

    private static int Bytes(int info) => (Clocks(info) + 7) / 8;

    private static void Send(DapEngine dap, int clocks, ReadOnlySpan<byte> data)
    {
        dap.Wire.Drive();
        foreach (byte b in data)
        {
            dap.Wire.Out(b, Math.Min(clocks, 8));
            clocks -= 8;
        }
    }

    private static void Receive(DapEngine dap, int clocks, ref ResponseWriter response)
    {
        dap.Wire.Release();
        for (; clocks > 0; clocks -= 8) response.Byte((int)dap.Wire.Sample(Math.Min(clocks, 8)));
    }
}
