using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>What tells one STM32 from its sisters, for a debugger.</summary>
/// <param name="Name">As <see cref="TargetList"/> has it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Core">Identification of core and ROM table.</param>
/// <param name="Idcode">DBGMCU_IDCODE.</param>
/// <param name="FlashKilobytes">What the flash size register says and what is there.</param>
/// <param name="MaxMegahertz">Of the core.</param>
public sealed record StPart(string Name, string Words, CoreFeatures Core, uint Idcode, uint FlashKilobytes, uint MaxMegahertz)
{
    /// <summary>SW-DP: of a Cortex-M4 by default (RM0090 38.8, RM0351 48.8).</summary>
    public uint Dpidr { get; init; } = 0x2BA0_1477;

    /// <summary>AHB-AP.</summary>
    public uint ApIdr { get; init; } = 0x2477_0011;

    /// <summary>BASE of the AHB-AP: the ROM table, present.</summary>
    public uint RomBase { get; init; } = 0xE00F_F003;

    /// <summary>TARGETID of a debug port of version 2 (IHI 0031E, B2.2.11): ST's designer code and the DEV_ID.</summary>
    public uint TargetId { get; init; }

    /// <summary>KB of SRAM at 0x20000000.</summary>
    public required uint RamKilobytes { get; init; }
}
