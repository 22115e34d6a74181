using SharpProbe.Adi;

namespace SharpProbe.Target.Rp;

/// <summary>The RP2040's boot ROM: its functions by their two letters (RP2040 datasheet 2.8.3).</summary>
static class RpRom
{
    /// <summary>'M', 'u', 1, version; then a half-word: where the table of functions is.</summary>
    private const uint Magic = 0x10, Table = 0x14, MagicMask = 0xFF_FFFF, MagicValue = 0x01_754D;

    public const uint Size = 0x4000;

    /// <summary>Entries that are looked at.</summary>
    private const int MostEntries = 64;

    /// <summary>connect_internal_flash, flash_exit_xip, flash_range_erase, flash_range_program, flash_flush_cache, flash_enter_cmd_xip, reset_to_usb_boot.</summary>
    public const ushort IF = 'I' | 'F' << 8, EX = 'E' | 'X' << 8, RE = 'R' | 'E' << 8, RP = 'R' | 'P' << 8, FC = 'F' | 'C' << 8, CX = 'C' | 'X' << 8, UB = 'U' | 'B' << 8;

    public static bool IsThere(MemoryBus bus) => bus.Read32(Magic, out uint magic).Ok && (magic & MagicMask) == MagicValue;

    /// <summary><see cref="FaultKind.Unsupported"/>: the ROM does not have it.</summary>
    public static DebugFault Find(MemoryBus bus, ushort code, out uint function)
    {
        function = 0;
        DebugFault fault = bus.Read32(Table, out uint table);
        table &= 0xFFFF;
        // Entries of two half-words, at even addresses: words are read at multiples of 4.
        for (int i = 0; i < MostEntries && fault.Ok; i++, table += 4)
        {
            fault = bus.Read32(table & ~3u, out uint entry);
            if (fault.Ok && (table & 2) != 0)
            {
                fault = bus.Read32((table & ~3u) + 4, out uint next);
                entry = entry >> 16 | next << 16;
            }
            if (fault.Failed) return fault;
            if ((entry & 0xFFFF) == 0) break;
            if ((entry & 0xFFFF) != code) continue;
            function = entry >> 16;
            return DebugFault.None;
        }
        return fault.Failed ? fault : FaultKind.Unsupported;
    }
}
