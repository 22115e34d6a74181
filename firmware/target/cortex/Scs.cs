namespace SharpProbe.Target.Cortex;

/// <summary>Addresses in the system control space that a debugger uses (DDI 0403E, B3.2.2 and C1.6; DDI 0553).</summary>
static class Scs
{
    public const uint CPUID = 0xE000_ED00;
    public const uint AIRCR = 0xE000_ED0C;
    public const uint CCR = 0xE000_ED14;
    public const uint CFSR = 0xE000_ED28;
    public const uint HFSR = 0xE000_ED2C;
    public const uint DFSR = 0xE000_ED30;
    public const uint CTR = 0xE000_ED7C;
    public const uint CPACR = 0xE000_ED88;
    public const uint DHCSR = 0xE000_EDF0;
    public const uint DCRSR = 0xE000_EDF4;
    public const uint DCRDR = 0xE000_EDF8;
    public const uint DEMCR = 0xE000_EDFC;
    public const uint ICIALLU = 0xE000_EF50;
    public const uint DCCMVAC = 0xE000_EF68;
    public const uint DCCIMVAC = 0xE000_EF70;
}
