using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32L4, L4+, G0, G4, C0, U0, WB, WL, L5 and U5. <see cref="CortexM.PartData"/>: KiB of a bank where there are two, or 0.</summary>
sealed class Stm32L4Family(ProbeSession session) : StFamily
{
    private const uint IdcodeM0 = 0x4001_5800, IdcodeM4 = 0xE004_2000, IdcodeM33 = 0xE004_4000, RamStart = 0x2000_0000, Ram2Start = 0x1000_0000;

    /// <summary>WB: FLASH_SFR, whose SFSA is the first page of the radio core's part of the flash (RM0434 3.10.20); APB1FZR1 of WB and WL is not beside CR.</summary>
    private const uint Sfr = 0x5800_4080, FreezeWb = 0xE004_203C;

    /// <summary>Bytes of the text of the options that parts with one bank have.</summary>
    private const int OneBank = 17 + 19 + 19;

    private readonly FlashL4 _flash = new(session);

    public override FlashController FlashOf(CortexM core) => _flash;

    private static uint Idcode(CortexM core) => core.IsBaseline ? IdcodeM0 : core.CpuPart == 0xD21 ? IdcodeM33 : IdcodeM4;

    protected override Dbgmcu DebugUnit(CortexM core) =>
        Stm32L4Part.Of(core).Base == 0x5800_4000 ? new(IdcodeM4 + 4, 7, FreezeWb)
        : core.CpuPart == 0xD21 ? Dbgmcu.At(IdcodeM33, true)         // no DBG_SLEEP either
        : Dbgmcu.At(Idcode(core), core.IsBaseline);

    public override bool Identify(CortexM core)
    {
        if (core.CpuPart is not (0xC24 or 0xC60 or 0xD21) || core.Bus.Designer != St || core.Bus.Read32(Idcode(core), out uint id).Failed) return false;
        if ((id & 0xFFF) == 0) id = core.Bus.Part;
        if (!TryFind(core, Stm32L4Part.Rows, id & 0xFFF, core.CpuPart, out PartRow row)) return false;
        Fill(core, new Stm32L4Part(row));
        return true;
    }

    private void Fill(CortexM core, Stm32L4Part part)
    {
        uint kilobytes = Kilobytes(core, part.SizeAt, part.Flash);
        core.Bus.Read32(FlashL4.OptionRegister(core), out uint optr);
        uint bank = core.PartData = part.BankOf(kilobytes, optr);
        uint page = part.PageOf(bank, optr) * 1024;
        uint length = (bank != 0 ? bank : kilobytes) * 1024;
        if (part.Id is 0x495 or 0x496 && core.Bus.Read32(Sfr, out uint sfr).Ok && (sfr & 0xFF) != 0) length = Math.Min(length, (sfr & 0xFF) * page);
        core.Map.Clear();
        bool secure = FlashL4.IsSecure(core, optr);
        core.Map.Add(new MemoryRegion(FlashL4.FlashStart, length, page));
        core.Map.Add(new MemoryRegion(FlashL4.FlashStart + part.Bank2Offset(core) * 1024, bank * 1024, page));
        if (secure) core.Map.Add(new MemoryRegion(FlashL4.FlashStart + FlashL4.SecureFlash, kilobytes * 1024, page));
        core.Map.Add(new MemoryRegion(secure ? RamStart + FlashL4.SecureAlias : RamStart, part.Ram * 1024, 0));      // after a reset all of it is secure
        core.Map.Add(new MemoryRegion(Ram2Start, part.Ram2 * 1024, 0));
        Call(core, part.Name, _flash.IsReadProtected(core));
        if (secure) core.Name.Add(", TrustZone"u8);
    }

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = Stm32L4Part.Of(core).UniqueId;
        words = 3;
        return true;
    }

    public override ReadOnlySpan<byte> Options(CortexM core)
    {
        Stm32L4Part part = Stm32L4Part.Of(core);
        if (!part.IsL4) return Stm32L4Part.OptionsL5;
        if (part.Base == 0x5800_4000) return Stm32L4Part.OptionsWb;
        return part.Banks == 0 ? Stm32L4Part.OptionsL4[..OneBank] : Stm32L4Part.OptionsL4;
    }

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    public override DebugFault ResetOptions(CortexM core) => _flash.Unprotect(core);
}
