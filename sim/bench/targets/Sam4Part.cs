using SharpProbe.Sim.Chips.Sam;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Targets;

/// <summary>A SAM with EEFC. CIDR, sizes and addresses: the parts' datasheets, and OpenOCD's lists of what real parts answered.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Die">Prefix of pin names.</param>
/// <param name="Words">For people.</param>
/// <param name="Core">Core.</param>
/// <param name="Kind">Its EEFC.</param>
/// <param name="Cidr">CHIPID_CIDR.</param>
/// <param name="Exid">CHIPID_EXID.</param>
/// <param name="Flash">Address.</param>
/// <param name="FlashKilobytes">All planes.</param>
/// <param name="Ram">Address.</param>
/// <param name="RamKilobytes">As the chip id has it.</param>
/// <param name="Controllers">Addresses of the EEFCs, one a plane.</param>
/// <param name="ChipId">Address.</param>
/// <param name="Clocks">Address of the PMC.</param>
public sealed record Sam4Part(string Name, string Die, string Words, CoreKind Core, EefcKind Kind, uint Cidr, uint Exid, uint Flash, uint FlashKilobytes, uint Ram, uint RamKilobytes, uint[] Controllers, uint ChipId, uint Clocks)
{
    public static IReadOnlyList<Sam4Part> All { get; } =
    [
        new("sam4s", "SAM4S", "ATSAM4S2B, 128 KB of flash, 64 KB of RAM", CoreKind.CortexM4, EefcKind.Sam4S, 0x289B_07E0, 0, 0x0040_0000, 128, 0x2000_0000, 64, [0x400E_0A00], 0x400E_0740, 0x400E_0400),
        new("sam3x", "SAM3X", "ATSAM3X8E, 2 planes of 256 KB of flash, 64 KB of RAM", CoreKind.CortexM3, EefcKind.Sam3X, 0x285E_0A60, 0, 0x0008_0000, 512, 0x2000_0000, 64, [0x400E_0A00, 0x400E_0C00], 0x400E_0940, 0x400E_0600),
        new("same70", "SAME70", "ATSAME70Q19, 512 KB of flash, 256 KB of RAM", CoreKind.CortexM7, EefcKind.SamE70, 0xA10D_0A00, 2, 0x0040_0000, 512, 0x2040_0000, 256, [0x400E_0C00], 0x400E_0940, 0x400E_0600),
    ];

    public PlainPort Port => Core == CoreKind.CortexM7 ? PlainPort.M7(0xE00F_E003, "PA10", "PA9")
        : new(0x2BA0_1477, 0x2477_0011, PlainPort.ArmTable, false, Kind == EefcKind.Sam3X ? ("PA9", "PA8") : ("PA10", "PA9"));
}
