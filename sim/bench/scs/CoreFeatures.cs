using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// What the designers of a part chose for its core, and what the core's identification registers say. Values: DDI0489 (M7), DDI0439 (M4),
/// DDI0337 (M3) and DDI0484 (M0+), register summaries; a part's own counts come from its reference manual.
/// </summary>
public sealed record CoreFeatures
{
    /// <summary>SCB CPUID.</summary>
    public required uint CpuId { get; init; }
    /// <summary>External interrupts wired to the NVIC.</summary>
    public required int InterruptLines { get; init; }
    /// <summary>Implemented priority bits, from the top of the byte.</summary>
    public required int PriorityBits { get; init; }
    /// <summary>MPU regions: 0, 8 or 16.</summary>
    public required int MpuRegions { get; init; }
    /// <summary>FPB architecture version, 1 or 2; 0 for the ARMv6-M breakpoint unit.</summary>
    public required int FpbVersion { get; init; }
    public required int FpbCodeComparators { get; init; }
    public int FpbLiteralComparators { get; init; }
    public required int DwtComparators { get; init; }
    /// <summary>Cache sizes in KB; 0: no such cache.</summary>
    public int InstructionCache { get; init; }
    public int DataCache { get; init; }
    /// <summary>TCM sizes in KB.</summary>
    public int InstructionTcm { get; init; }
    public int DataTcm { get; init; }
    /// <summary>A trace port interface unit on the private bus, at 0xE0040000.</summary>
    public bool HasTpiu { get; init; }
    /// <summary>An embedded trace macrocell at 0xE0041000: its identification only.</summary>
    public bool HasEtm { get; init; }
    /// <summary>The cross trigger interface of a Cortex-M33 at 0xE0042000: its identification, and registers that stay 0.</summary>
    public bool HasCti { get; init; }
    /// <summary>Bits of CPACR for coprocessors beside the FPU.</summary>
    public uint Coprocessors { get; init; }
    /// <summary>The ROM table at 0xE00FF000 where the part's maker put his own in place of Arm's: part number, JEP106 designer, entries.</summary>
    public (ushort Part, uint Designer, uint[] Entries)? PartRomTable { get; init; }
    /// <summary>ID_PFR0 to ID_ISAR4, SCS offsets 0xD40 to 0xD70; empty on ARMv6-M.</summary>
    public uint[] Identification { get; init; } = [];
    /// <summary>MVFR0 to MVFR2; empty without FPU.</summary>
    public uint[] MediaFeatures { get; init; } = [];
    /// <summary>An ARMv8-M core with the Security Extension, in Secure state: all that shows of it is DSCSR.CDS (DDI0553, D1.2.40).</summary>
    public bool StartsSecure { get; init; }
    /// <summary>Part number in the peripheral identification registers of SCS, DWT, FPB and ITM.</summary>
    public required ushort[] ComponentParts { get; init; }

    private static readonly uint[] M7Identification =
        [0x30, 0x200, 0x0010_0000, 0, 0x0010_0030, 0, 0x0100_0000, 0, 0x0110_1110, 0x0211_2000, 0x2023_2231, 0x0111_1131, 0x0131_0132];

    /// <summary>The M7 r1p1 of the STM32H743 and H750: 16 KB caches, 16 regions, double precision (PM0253, RM0433).</summary>
    public static CoreFeatures Stm32H743 { get; } = new()
    {
        CpuId = 0x411F_C271, InterruptLines = 150, PriorityBits = 4, MpuRegions = 16,
        FpbVersion = 2, FpbCodeComparators = 8, DwtComparators = 4, InstructionCache = 16, DataCache = 16, InstructionTcm = 64, DataTcm = 128,
        Identification = M7Identification, MediaFeatures = [0x1011_0221, 0x1200_0011, 0x40],
        ComponentParts = [0x00C, 0x002, 0x00E, 0x001],
    };

    /// <summary>The M7 r1p0 of the STM32F722 and F723: 8 KB caches, 8 regions, single precision (PM0253, RM0431).</summary>
    public static CoreFeatures Stm32F723 { get; } = Stm32H743 with
    {
        CpuId = 0x411F_C270, InterruptLines = 104, MpuRegions = 8, HasTpiu = true, InstructionCache = 8, DataCache = 8, InstructionTcm = 16, DataTcm = 64,
        MediaFeatures = [0x1011_0021, 0x1100_0011, 0x40],
    };

    /// <summary>Cortex-M4 r0p1 with FPU, as in many STM32F4.</summary>
    public static CoreFeatures CortexM4 { get; } = new()
    {
        CpuId = 0x410F_C241, InterruptLines = 96, PriorityBits = 4, MpuRegions = 8,
        FpbVersion = 1, FpbCodeComparators = 6, FpbLiteralComparators = 2, DwtComparators = 4, HasTpiu = true,
        Identification = [0x30, 0x200, 0x0010_0000, 0, 0x0010_0030, 0, 0x0100_0000, 0, 0x0114_1110, 0x0211_2000, 0x2123_2231, 0x0111_1131, 0x0131_0102],
        MediaFeatures = [0x1011_0021, 0x1100_0011, 0],
        ComponentParts = [0x00C, 0x002, 0x003, 0x001],
    };

    /// <summary>Cortex-M3 r1p1, as in STM32F1 (which has no MPU).</summary>
    public static CoreFeatures CortexM3 { get; } = new()
    {
        CpuId = 0x411F_C231, InterruptLines = 68, PriorityBits = 4, MpuRegions = 0,
        FpbVersion = 1, FpbCodeComparators = 6, FpbLiteralComparators = 2, DwtComparators = 4, HasTpiu = true,
        Identification = [0x30, 0x200, 0x0010_0000, 0, 0x0000_0030, 0, 0, 0, 0x0110_0110, 0x0211_1000, 0x2111_2231, 0x0111_1110, 0x0131_0102],
        ComponentParts = [0x000, 0x002, 0x003, 0x001],
    };

    /// <summary>The M3 r1p1 of a medium-density STM32F103, with ST's own ROM table (RM0008 31.7).</summary>
    public static CoreFeatures Stm32F103 { get; } = CortexM3 with
    {
        InterruptLines = 43, HasEtm = true,
        PartRomTable = (0x410, 0x020, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003]),
    };

    /// <summary>The M4 of an STM32F4 or L4 with ST's own ROM table (RM0090 38.7, RM0351 48.7), which has the DEV_ID as its part number.</summary>
    public static CoreFeatures Stm32M4(ushort part, int interruptLines) => CortexM4 with
    {
        InterruptLines = interruptLines, HasEtm = true,
        PartRomTable = (part, 0x020, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003]),
    };

    /// <summary>Cortex-M0+ r0p1 with MPU, as in STM32G0.</summary>
    public static CoreFeatures CortexM0Plus { get; } = new()
    {
        CpuId = 0x410C_C601, InterruptLines = 32, PriorityBits = 2, MpuRegions = 8,
        FpbVersion = 0, FpbCodeComparators = 4, DwtComparators = 2,
        ComponentParts = [0x008, 0x00A, 0x00B, 0],
    };

    /// <summary>True for ARMv6-M: no configurable faults, no BASEPRI, no FAULTMASK.</summary>
    public bool IsV6M => Identification.Length == 0;

    public bool HasFpu => MediaFeatures.Length != 0;

    /// <summary>True for the Cortex-M7: caches, TCM control registers, lock access registers.</summary>
    public bool IsM7 => (CpuId >> 4 & 0xFFF) == 0xC27;

    /// <summary>True for the Cortex-M33: MSPLIM and PSPLIM.</summary>
    public bool HasStackLimits => (CpuId >> 4 & 0xFFF) == 0xD21;

    public static CoreFeatures For(CoreKind kind) => kind switch
    {
        CoreKind.CortexM0Plus => CortexM0Plus,
        CoreKind.CortexM3 => CortexM3,
        CoreKind.CortexM4 => CortexM4,
        CoreKind.CortexM7 => Stm32F723,
        _ => Stm32H743,
    };
}
