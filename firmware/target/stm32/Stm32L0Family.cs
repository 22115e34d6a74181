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
        core.Map.Add(new MemoryRegion(FlashL0.FlashStart, kilobytes * 1024, part.Page));
        core.Map.Add(new MemoryRegion(FlashL0.EepromStart, part.Eeprom, part.Page));
        core.Map.Add(new MemoryRegion(RamStart, part.Ram * 1024, 0));
        Call(core, part.Name, _flash.IsReadProtected(core));
    }

    public override ReadOnlySpan<byte> Options(CortexM core) => Stm32L0Part.Options;

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    /// <summary>Read protection open, no write protection; USER stays.</summary>
    public override DebugFault ResetOptions(CortexM core)
    {
        DebugFault fault = _flash.WriteOption(core, FlashL0.OptionBytes, 0xAA, false);
        for (uint address = FlashL0.OptionBytes + 8; fault.Ok && address < FlashL0.OptionBytes + 16; address += 4) fault = _flash.WriteOption(core, address, 0, false);
        return fault;
    }
}
