using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32L0 and L1.</summary>
sealed class Stm32L0Family(ProbeSession session) : StFamily
{
    private const uint RamStart = 0x2000_0000;
    private const ushort M0Plus = 0xC60, M3 = 0xC23;

    private readonly FlashL0 _flash = new(session);

    public override FlashController FlashOf(CortexM core) => _flash;

    protected override Dbgmcu DebugUnit(CortexM core)
    {
        Stm32L0Part part = Stm32L0Part.Of(core);
        return new(part.Idcode + 4, 7, part.Idcode + 8);
    }

    public override bool Identify(CortexM core)
    {
        if (core.CpuPart is not (M0Plus or M3) || core.Bus.Designer != St) return false;
        bool isL0 = core.CpuPart == M0Plus;
        var rows = new PartTable(Stm32L0Part.Rows);
        uint id = 0;
        while (rows.TryTake(out PartRow columns))
        {
            var part = new Stm32L0Part(columns);
            if (part.IsL0 != isL0 || id == 0 && core.Bus.Read32(part.Idcode, out id).Failed || part.Id != (id & 0xFFF)) continue;
            core.PartRow = rows.Index;
            Fill(core, part);
            return true;
        }
        return false;
    }

    private void Fill(CortexM core, Stm32L0Part part)
    {
        uint kilobytes = core.Bus.Read32(part.Size, out uint size).Ok ? size & 0xFFFF : 0;
        if (part.Id == 0x429) kilobytes &= 0xFF;
        if (part.Id == 0x436 && kilobytes < 2) kilobytes = kilobytes == 0 ? 384u : 256;
        if (kilobytes == 0 || kilobytes > part.Flash) kilobytes = part.Flash;
        core.Map.Clear();
        // Category 6: the second bank is where category 5 has it, behind a gap (stm32l151xdx.h, FLASH_BANK2_BASE).
        uint first = part.Id == 0x437 && kilobytes == 384 ? 192u : kilobytes;
        core.Map.Add(new MemoryRegion(FlashL0.FlashStart, first * 1024, part.Page));
        core.Map.Add(new MemoryRegion(FlashL0.FlashStart + 0x4_0000, (kilobytes - first) * 1024, part.Page));
        core.Map.Add(new MemoryRegion(FlashL0.EepromStart, part.Eeprom, part.Page));
        core.Map.Add(new MemoryRegion(RamStart, part.Ram * 1024, 0));
        Call(core, part.Name, _flash.IsReadProtected(core));
    }

    /// <summary>The third word is apart, and the others are beside the flash size's block (RM0376 28.2, RM0038 31.2).</summary>
    public override DebugFault ReadUniqueId(CortexM core, Span<uint> id, out int words)
    {
        uint address = Stm32L0Part.Of(core).Size & ~0x7Fu | 0x50;
        DebugFault fault = DebugFault.None;
        for (words = 0; words < 3 && fault.Ok; words++) fault = core.Bus.Read32(address + (words == 2 ? 0x14u : (uint)words * 4), out id[2 - words]);
        return fault;
    }

    /// <summary>A word of the write protection for each 64 KiB; category 6 has 384 KiB in two banks with the words of 512.</summary>
    public override ReadOnlySpan<byte> Options(CortexM core)
    {
        Stm32L0Part part = Stm32L0Part.Of(core);
        uint kilobytes = part.Id != 0x437 && core.Map.TryFindFlash(FlashL0.FlashStart, out MemoryRegion region) ? region.Length / 1024 : part.Flash;
        return Stm32L0Part.Options[..(Stm32L0Part.OptionsBefore + (int)(kilobytes + 63) / 64 * Stm32L0Part.OptionRow)];
    }

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    /// <summary>Read protection open, no write protection; USER stays.</summary>
    public override DebugFault ResetOptions(CortexM core)
    {
        if (_flash.HasReadClosedSectors(core)) return FaultKind.FlashWriteProtected;
        DebugFault fault = _flash.WriteOption(core, FlashL0.OptionBytes, 0xAA, false);
        var rows = new PartTable(Options(core)[Stm32L0Part.OptionsBefore..]);
        while (fault.Ok && rows.TryTake(out PartRow row)) fault = _flash.WriteOption(core, row[0], 0, false);
        return fault;
    }
}
