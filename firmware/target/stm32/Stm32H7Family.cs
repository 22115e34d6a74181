using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32H7. Its Cortex-M7's ROM table is Arm's; the debug port's TARGETID names maker and part.</summary>
sealed class Stm32H7Family(ProbeSession session) : StFamily
{
    private const uint Idc = 0x5C00_1000, ItcmStart = 0, DtcmStart = 0x2000_0000, AxiStart = 0x2400_0000, Ram4Start = 0x3800_0000;

    /// <summary>DBGMCU_CR: debug in sleep, stop and standby of D1, and the debug clocks of D1 and D3. APB3FZ1 and APB4FZ1 hold the watchdogs (RM0433 60.5.8).</summary>
    private const uint DebugBits = 7 | 1 << 21 | 1 << 22, APB3FZ1 = Idc + 0x34, WWDG1 = 1 << 6, APB4FZ1 = Idc + 0x54, WDGLSD1 = 1 << 18;

    private readonly FlashH7 _flash = new(session);

    public override FlashController FlashOf(CortexM core) => _flash;

    protected override Dbgmcu DebugUnit(CortexM core) => new(Idc + 4, DebugBits, 0);

    public override bool Identify(CortexM core)
    {
        uint target = core.Bus.TargetId;
        if (core.CpuPart != 0xC27 || (target & 0xFFF) != (St << 1 | 1) || core.Bus.Read32(Idc, out uint idc).Failed) return false;
        if ((idc & 0xFFF) != target >> 16 || !TryFind(core, Stm32H7Part.Rows, idc & 0xFFF, 0, out PartRow row)) return false;
        Fill(core, new Stm32H7Part(row));
        return true;
    }

    /// <summary>Value lines with 128 KB have one bank.</summary>
    private void Fill(CortexM core, Stm32H7Part part)
    {
        uint kilobytes = Kilobytes(core, part.Size, part.Flash);
        uint first = part.Banks == 2 && kilobytes > 128 ? kilobytes / 2 : kilobytes;
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(ItcmStart, 64 * 1024, 0));
        core.Map.Add(new MemoryRegion(FlashH7.FlashStart, first * 1024, part.Sector * 1024));
        core.Map.Add(new MemoryRegion(FlashH7.Bank2Start, (kilobytes - first) * 1024, part.Sector * 1024));
        core.Map.Add(new MemoryRegion(DtcmStart, 128 * 1024, 0));
        core.Map.Add(new MemoryRegion(AxiStart, part.AxiRam * 1024, 0));
        core.Map.Add(new MemoryRegion(Ram4Start, part.Ram4 * 1024, 0));
        Call(core, part.Name, _flash.IsReadProtected(core));
    }

    public override DebugFault OnAttach(CortexM core)
    {
        DebugFault fault = base.OnAttach(core);
        if (fault.Ok) fault = SetBits(core, APB3FZ1, WWDG1);
        return fault.Ok ? SetBits(core, APB4FZ1, WDGLSD1) : fault;
    }

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = Stm32H7Part.Of(core).UniqueId;
        words = 3;
        return true;
    }

    public override ReadOnlySpan<byte> Options(CortexM core) => Stm32H7Part.Options;

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    public override DebugFault ResetOptions(CortexM core) => _flash.Unprotect(core);

    private static DebugFault SetBits(CortexM core, uint address, uint bits)
    {
        DebugFault fault = core.Bus.Read32(address, out uint value);
        return fault.Ok ? core.Bus.Write32(address, value | bits) : fault;
    }
}
