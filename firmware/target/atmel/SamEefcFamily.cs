using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Atmel;

/// <summary>SAM3, SAM4, SAM G5x, SAM E70/S70/V7x. Nothing but CHIPID tells them: their ROM tables are Arm's.</summary>
sealed unsafe class SamEefcFamily(ProbeSession session) : PartFamily
{
    private const ushort Arm = 4 << 7 | 0x3B, Atmel = 0x1F;

    /// <summary>CHIPID_CIDR of SAM3N, 3S, 3U and 4, and of SAM3A, 3X and the M7 parts.</summary>
    private const uint CIDR = 0x400E_0740, CIDR_X = 0x400E_0940;

    private readonly Eefc _eefc = new(session);

    private static readonly MonitorCommand[] s_commands =
    [
        new("lock_flash\ncloses all regions of the flash to writing"u8, &LockFlash),
        new("unlock_flash\nopens them"u8, &UnlockFlash),
        new("gpnvm_get\nthe general-purpose bits"u8, &GetBits),
        new("gpnvm_set <bit> <0|1> [irreversible]\nsets one: 0 closes the part, 1 boots from flash"u8, &SetBit),
    ];

    public override FlashController FlashOf(CortexM core) => _eefc;

    public override ReadOnlySpan<MonitorCommand> Commands => s_commands;

    public override DebugFault ReadUniqueId(CortexM core, Span<uint> id, out int words)
    {
        words = 4;
        DebugFault fault = core.RequireHalt();
        return fault.Ok ? _eefc.ReadUniqueId(core, id) : fault;
    }

    public override bool Identify(CortexM core)
    {
        if (core.CpuPart is not (0xC23 or 0xC24 or 0xC27) || core.Bus.Designer is not (Arm or Atmel)) return false;
        uint cidr = 0;
        int index = 0;
        bool found = core.CpuPart != 0xC27 && core.Bus.Read32(CIDR, out cidr).Ok && SamEefcChip.TryFind(cidr, out index)
            || core.Bus.Read32(CIDR_X, out cidr).Ok && SamEefcChip.TryFind(cidr, out index);
        if (!found) return false;
        core.PartRow = index;
        core.PartData = cidr;
        SamEefcChip chip = SamEefcChip.Of(core);
        for (int i = 0; i < chip.Planes; i++) core.Map.Add(new MemoryRegion(chip.Flash + (uint)i * chip.Stride, chip.PlaneSize, chip.Block));
        core.Map.Add(new MemoryRegion(chip.Ram, chip.RamKilobytes * 1024, 0));
        Name(core.Name, PartTable.Row(SamEefcChip.Rows, index), chip);
        return true;
    }

    /// <summary>"SAM4S16C": the flash's size in units of 64 KB, but where a series counts in another way.</summary>
    private static void Name(PartName name, PartRow row, SamEefcChip chip)
    {
        Span<byte> buffer = stackalloc byte[32];
        var writer = new ByteWriter(buffer);
        writer.Write(row.From(4));
        if (row[3] != 0)
        {
            writer.WriteDecimal(chip.FlashKilobytes / 64);
            writer.Write((byte)row[3]);
        }
        else
        {
            writer.Write((byte)' ');
            writer.WriteDecimal(chip.FlashKilobytes);
            writer.Write(" KB"u8);
        }
        name.Clear();
        name.Add(writer.Written);
    }

    private static bool LockFlash(TargetSession session, ref Words words, TextOutput text) => Lock(session, text, true);

    private static bool UnlockFlash(TargetSession session, ref Words words, TextOutput text) => Lock(session, text, false);

    private static bool Lock(TargetSession session, TextOutput text, bool on)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        DebugFault fault = ((SamEefcFamily)family)._eefc.Lock(core, on);
        return fault.Ok || Reply.Fault(text, fault);
    }

    private static bool GetBits(TargetSession session, ref Words words, TextOutput text) => Bits(session, text, uint.MaxValue, false);

    /// <summary>Bit 0 is the security bit, which the ERASE pin alone clears.</summary>
    private static bool SetBit(TargetSession session, ref Words words, TextOutput text)
    {
        if (!Reply.TryNumber(ref words, out uint bit) || !Reply.TryNumber(ref words, out uint value) || bit > 15 || value > 1) return Reply.Fault(text, FaultKind.BadArgument);
        bool named = words.TryTake(out ReadOnlySpan<byte> word) && "irreversible"u8.StartsWith(word);
        return bit == 0 && value != 0 && !named ? Reply.Fault(text, FaultKind.Irreversible) : Bits(session, text, bit, value != 0);
    }

    private static bool Bits(TargetSession session, TextOutput text, uint bit, bool on)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        DebugFault fault = ((SamEefcFamily)family)._eefc.Gpnvm(core, bit, on, out uint bits);
        if (fault.Failed) return Reply.Fault(text, fault);
        Span<byte> buffer = stackalloc byte[16];
        var writer = new ByteWriter(buffer);
        writer.WriteAddress(bits);
        writer.Write((byte)'\n');
        text.Write(writer.Written);
        return true;
    }
}
