namespace SharpProbe.Dap.Commands;

/// <summary>
/// DAP_SWO_ExtendedStatus (0x1E). Request: which u8. Response, of what is asked for: flags u8 (bit 0), bytes that wait u32 (bit 1), index of the next byte to come u32 and the test domain timer u32 (bit 2).
/// </summary>
static class SwoExtendedStatus
{
    private const int Flags = 1, Count = 2, Index = 4;

    public static bool Run(DapEngine dap, ref RequestReader request, ref ResponseWriter response)
    {
        if (dap.Swo is not { } swo || !request.TryByte(out int which)) return false;
        int needed = ((which & Flags) != 0 ? 1 : 0) + ((which & Count) != 0 ? 4 : 0) + ((which & Index) != 0 ? 8 : 0);
        if (response.Room < needed) return false;
        if ((which & Flags) != 0) response.Byte(swo.TakeStatus());
        if ((which & Count) != 0) response.Word((uint)swo.Count);
        if ((which & Index) == 0) return true;
        response.Word(swo.Index);
        response.Word(dap.Wire.Ticks);
        return true;
    }
}
