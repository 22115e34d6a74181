namespace SharpProbe.Sim.Scs;

/// <summary>Bits of CFSR (MMFSR, BFSR, UFSR; DDI0403 B3.2.15) and of HFSR (B3.2.16).</summary>
[Flags]
public enum FaultStatus : uint
{
    None = 0,
    IACCVIOL = 1 << 0,
    DACCVIOL = 1 << 1,
    MUNSTKERR = 1 << 3,
    MSTKERR = 1 << 4,
    MLSPERR = 1 << 5,
    MMARVALID = 1 << 7,
    IBUSERR = 1 << 8,
    PRECISERR = 1 << 9,
    IMPRECISERR = 1 << 10,
    UNSTKERR = 1 << 11,
    STKERR = 1 << 12,
    LSPERR = 1 << 13,
    BFARVALID = 1 << 15,
    UNDEFINSTR = 1 << 16,
    INVSTATE = 1 << 17,
    INVPC = 1 << 18,
    NOCP = 1 << 19,
    UNALIGNED = 1 << 24,
    DIVBYZERO = 1 << 25,

    MemManageBits = 0xFF,
    BusFaultBits = 0xFF00,
    UsageFaultBits = 0xFFFF_0000,
}
