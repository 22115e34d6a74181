using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32H5 whose TrustZone is off.</summary>
sealed class Stm32H5Family(ProbeSession session) : StFamily
{
    private const uint Idcode = 0xE004_4000, RamStart = 0x2000_0000, UniqueId = 0x08FF_F800, FlashSize = 0x08FF_F80C, Sector = 8 * 1024;

    private readonly FlashH5 _flash = new(session);

    /// <summary>DBGMCU_IDCODE bits 11:0, KiB of flash where the size register says nothing, KiB of RAM (RM0481 59.12.4 and 2.3.2, RM0492 41.12.4).</summary>
    private static ReadOnlySpan<byte> Rows =>
        "x484 2048 640 STM32H56x/57x\n"u8 +
        "x478 512 272 STM32H52x/53x\n"u8 +
        "x474 128 32 STM32H503\n"u8;

    /// <summary>With TrustZone on (<see cref="CortexM.PartData"/> 1) none.</summary>
    public override FlashController? FlashOf(CortexM core) => core.PartData == 0 ? _flash : null;

    protected override Dbgmcu DebugUnit(CortexM core) => Dbgmcu.At(Idcode, true);       // no DBG_SLEEP either

    public override bool Identify(CortexM core)
    {
        if (core.CpuPart != 0xD21 || core.Bus.Designer != St || core.Bus.Read32(Idcode, out uint id).Failed) return false;
        if (!TryFind(core, Rows, id & 0xFFF, 0, out PartRow part)) return false;
        uint kilobytes = Kilobytes(core, FlashSize, part[1]);
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(FlashH5.FlashStart, kilobytes * 512, Sector));
        core.Map.Add(new MemoryRegion(FlashH5.FlashStart + kilobytes * 512, kilobytes * 512, Sector));
        core.Map.Add(new MemoryRegion(RamStart, part[2] * 1024, 0));
        Call(core, part.From(3), false);
        if (_flash.IsReadProtected(core)) core.Name.Add(", closed"u8);
        core.PartData = FlashH5.IsSecure(core) ? 1u : 0;
        if (core.PartData != 0) core.Name.Add(", TrustZone"u8);
        return true;
    }

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = UniqueId;
        words = 3;
        return true;
    }

    /// <summary>What OPTSTRT stores, as it will be (RM0481 7.11).</summary>
    public override ReadOnlySpan<byte> Options(CortexM core) =>
        "x40022054 4 OPTSR\nx40022074 4 OPTSR2\nx40022084 4 NSBOOTR\nx400220EC 4 WRP1R\nx400220F4 4 EDATA1R\nx400220FC 4 HDP1R\nx400221EC 4 WRP2R\nx400221F4 4 EDATA2R\nx400221FC 4 HDP2R\n"u8;

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    public override DebugFault ResetOptions(CortexM core) => _flash.Unprotect(core);
}
