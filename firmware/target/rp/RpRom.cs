using System;
using System.Runtime.InteropServices;
using SharpProbe.Adi;

namespace SharpProbe.Target.Rp;

/// <summary>The boot ROM: its functions by their two letters (RP2040 datasheet 2.8.3, RP2350 datasheet 5.4.1).</summary>
static class RpRom
{
    /// <summary>'M', 'u', version, revision; then a half-word: where the table of functions is.</summary>
    private const uint Magic = 0x10, Table = 0x14, MagicMask = 0xFF_FFFF, MagicValue = 0x754D, End = 0x8000;

    /// <summary>No ROM is larger.</summary>
    public const uint Size = End;

    /// <summary>Half-words that are looked at, and of one entry.</summary>
    private const int MostWords = 256, LongestEntry = 18;

    /// <summary>Of a version 2 entry's flags: a secure Arm function.</summary>
    private const uint ArmSecure = 4;

    /// <summary>connect_internal_flash, flash_exit_xip, flash_range_erase, flash_range_program, flash_flush_cache, flash_enter_cmd_xip, reset_to_usb_boot.</summary>
    public const ushort IF = 'I' | 'F' << 8, EX = 'E' | 'X' << 8, RE = 'R' | 'E' << 8, RP = 'R' | 'P' << 8, FC = 'F' | 'C' << 8, CX = 'C' | 'X' << 8, UB = 'U' | 'B' << 8;

    /// <summary>flash_reset_address_trans, bootrom_state_reset, reboot.</summary>
    public const ushort RA = 'R' | 'A' << 8, SR = 'S' | 'R' << 8, RB = 'R' | 'B' << 8;

    public static bool IsThere(AddressSpace bus, uint version) => bus.Read32(Magic, out uint magic).Ok && (magic & MagicMask) == (MagicValue | version << 16);

    /// <summary><see cref="FaultKind.Unsupported"/>: the ROM does not have it.</summary>
    public static DebugFault Find(AddressSpace bus, uint version, ushort code, out uint function)
    {
        function = 0;
        Span<ushort> table = stackalloc ushort[MostWords];
        DebugFault fault = bus.Read32(Table, out uint start);
        start &= 0xFFFE;
        table = table[..(int)Math.Min(MostWords, (End - Math.Min(start, End)) / 2)];
        if (fault.Ok) fault = bus.Read(start, MemoryMarshal.AsBytes(table));
        // Code and function; or code, flags, and a half-word for each flag.
        for (int i = 0; fault.Ok && i + LongestEntry <= table.Length && table[i] != 0;)
        {
            bool found = table[i++] == code;
            uint flags = version == 1 ? ArmSecure : table[i++];
            for (uint flag = 1; flags >= flag; flag <<= 1)
            {
                if ((flags & flag) == 0) continue;
                if (found && flag == ArmSecure)
                {
                    function = table[i];
                    return fault;
                }
                i++;
            }
        }
        return fault.Failed ? fault : FaultKind.Unsupported;
    }
}
