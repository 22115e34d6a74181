using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Atmel;

/// <summary>monitor commands of SAM D, L, C and E5x.</summary>
static unsafe class SamCommands
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("lock_flash\ncloses all regions of the flash to writing"u8, &LockFlash),
        new("unlock_flash\nopens them"u8, &UnlockFlash),
        new("lock_bootprot\ncloses as much of the flash's beginning as can be closed"u8, &LockBoot),
        new("unlock_bootprot\nopens it"u8, &UnlockBoot),
        new("serial\nthe 128-bit serial number"u8, &Serial),
        new("set_security_bit irreversible\ncloses the part to debuggers until a chip erase"u8, &SetSecurityBit),
    ];

    private static bool LockFlash(TargetSession session, ref Words words, TextOutput text) => Change(session, text, boot: false, locked: true);
    private static bool UnlockFlash(TargetSession session, ref Words words, TextOutput text) => Change(session, text, boot: false, locked: false);
    private static bool LockBoot(TargetSession session, ref Words words, TextOutput text) => Change(session, text, boot: true, locked: true);
    private static bool UnlockBoot(TargetSession session, ref Words words, TextOutput text) => Change(session, text, boot: true, locked: false);

    /// <summary>
    /// In the user row: BOOTPROT is bits 2:0 of a D2x's, 7 open, NVMBOOT bits 29:26 of an E5x's, 15 open; 0 closes most. Regions are bits 63:48, or the third word, and open where they are 1.
    /// </summary>
    private static bool Change(TargetSession session, TextOutput text, bool boot, bool locked)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        uint offset = boot ? 0u : core.IsBaseline ? 4u : 8u;
        uint mask = core.IsBaseline ? boot ? 7u : 0xFFFF_0000u : boot ? 15u << 26 : uint.MaxValue;
        DebugFault fault = core.Bus.Read32(Nvmctrl.UserRow + offset, out uint word);
        if (fault.Ok) fault = ((SamFamily)family).Nvm.WriteUserRow(core, offset, locked ? word & ~mask : word | mask);
        if (fault.Failed) return Reply.Fault(text, fault);
        text.Write("written; takes effect at the next reset\n"u8);
        return true;
    }

    /// <summary>Its first word stands apart (DS40001882 and DS60001507, "Serial number").</summary>
    private static bool Serial(TargetSession session, ref Words words, TextOutput text)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out _)) return false;
        uint first = core.IsBaseline ? 0x0080_A00Cu : 0x0080_61FC, others = core.IsBaseline ? 0x0080_A040u : 0x0080_6010;
        Span<byte> buffer = stackalloc byte[36];
        var writer = new ByteWriter(buffer);
        for (uint i = 0; i < 4; i++)
        {
            DebugFault fault = core.Bus.Read32(i == 0 ? first : others + (i - 1) * 4, out uint word);
            if (fault.Failed) return Reply.Fault(text, fault);
            writer.WriteHex(word, 8);
        }
        writer.Write((byte)'\n');
        text.Write(writer.Written);
        return true;
    }

    private static bool SetSecurityBit(TargetSession session, ref Words words, TextOutput text)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        bool named = words.TryTake(out ReadOnlySpan<byte> word) && "irreversible"u8.StartsWith(word);
        DebugFault fault = named ? ((SamFamily)family).Nvm.SetSecurityBit(core) : FaultKind.Irreversible;
        return fault.Ok || Reply.Fault(text, fault);
    }
}
