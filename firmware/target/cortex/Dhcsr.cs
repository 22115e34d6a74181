namespace SharpProbe.Target.Cortex;

/// <summary>Bits of DHCSR (DDI 0403E, C1.6.2).</summary>
static class Dhcsr
{
    public const uint DBGKEY = 0xA05F_0000;
    public const uint C_DEBUGEN = 1 << 0;
    public const uint C_HALT = 1 << 1;
    public const uint C_STEP = 1 << 2;
    public const uint C_MASKINTS = 1 << 3;
    public const uint S_REGRDY = 1 << 16;
    public const uint S_HALT = 1 << 17;
    public const uint S_SLEEP = 1 << 18;
    public const uint S_LOCKUP = 1 << 19;
    public const uint S_RESET_ST = 1 << 25;
}
