using System;
using System.Buffers.Binary;
using System.Numerics;
using SharpProbe.Adi;

namespace SharpProbe.Target.Rp;

/// <summary>The boot ROM: its functions by their two letters (RP2040 datasheet 2.8.3, RP2350 datasheet 5.4.1).</summary>
static class RpRom
{
    /// <summary>'M', 'u', version, revision; then a half-word: where the table of functions is.</summary>
    private const uint Magic = 0x10, Table = 0x14, MagicMask = 0xFF_FFFF, MagicValue = 0x754D, End = 0x8000;

    /// <summary>No ROM is larger.</summary>
    public const uint Size = End;

    /// <summary>Bytes that are looked at.</summary>
    private const int MostBytes = 512;

    /// <summary>Of a version 2 entry's flags: a secure Arm function; bits below it are half-words before its own.</summary>
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
        Span<byte> bytes = stackalloc byte[MostBytes];
        DebugFault fault = bus.Read32(Table, out uint table);
        table &= 0xFFFE;
        bytes = bytes[..(int)Math.Min(MostBytes, End - Math.Min(table, End))];
        if (fault.Ok) fault = bus.Read(table, bytes);
        for (int i = 0; fault.Ok && i + 8 < bytes.Length;)
        {
            // Code and function; or code, flags, and a half-word for each flag.
            ushort found = BinaryPrimitives.ReadUInt16LittleEndian(bytes[i..]), flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i + 2)..]);
            if (found == 0) break;
            int value = version == 1 ? 2 : 4 + 2 * BitOperations.PopCount(flags & (ArmSecure - 1));
            if (found == code && i + value + 2 <= bytes.Length && (version == 1 || (flags & ArmSecure) != 0))
            {
                function = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i + value)..]);
                return fault;
            }
            i += version == 1 ? 4 : 4 + 2 * BitOperations.PopCount(flags);
        }
        return fault.Failed ? fault : FaultKind.Unsupported;
    }
}
