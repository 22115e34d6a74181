namespace SharpProbe.Wire;

/// <summary>The eight bits of a request, first bit lowest: start, APnDP, RnW, A[2:3], parity, stop, park (IHI 0031, "Packet requests").</summary>
public static class SwdRequest
{
    private const uint Start = 1, Park = 0x80;

    /// <param name="register">A[3:2] as an address: 0, 4, 8 or 12.</param>
    public static uint ReadDp(uint register) => Of(2 | register);

    public static uint WriteDp(uint register) => Of(register);

    public static uint ReadAp(uint register) => Of(3 | register);

    public static uint WriteAp(uint register) => Of(1 | register);

    /// <param name="bits">APnDP in bit 0, RnW in bit 1, A[3:2] in bits 3:2: as CMSIS-DAP has them too.</param>
    public static uint Of(uint bits)
    {
        bits &= 15;
        return Start | bits << 1 | (0x6996u >> (int)bits & 1) << 5 | Park;   // 0x6996: parity of four bits
    }

    /// <summary>Whether data come from the target.</summary>
    public static bool IsRead(uint request) => (request & 4) != 0;

    public static bool IsAp(uint request) => (request & 2) != 0;
}
