using System;
using SharpProbe.Flashing;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>
/// Internal flash of the STM32F72x: 4 sectors of 16 KB, one of 64, three of 128 (RM0431 3.3). It is one bank: the core stalls while it fetches from a flash that is erasing or programming, so nothing
/// runs beside an erase and interrupts are late by up to its whole time.
/// </summary>
/// <param name="size">Bytes that are there.</param>
public sealed unsafe class InternalFlash(uint size) : FlashDevice
{
    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;
    private const uint Errors = FLASH_SR.WRPERR | FLASH_SR.PGAERR | FLASH_SR.PGPERR | FLASH_SR.ERSERR;

    /// <summary>Longest sector erases at x32, in ms (DS11853, table "Flash memory programming").</summary>
    private const uint Erase16 = 500, Erase64 = 1100, Erase128 = 2000;

    /// <summary>Read protection from the option bytes: 0xAA none, 0xCC for ever, else level 1 (FLASH_OPTCR, bits 15:8).</summary>
    public static byte ReadProtection => (byte)(FLASH->OPTCR >> 8);

    /// <summary>Where the core starts with BOOT0 low, from the option bytes: steps of 16 KB (BOOT_ADD0, RM0431 3.7.7).</summary>
    public static uint BootAddress => (FLASH->OPTCR1 & 0xFFFF) << 14;

    public override uint Base => 0x0800_0000;
    public override uint Size => size;
    public override uint ProgramUnit => 4;
    public override int SectorCount => size <= 0x2_0000 ? 5 : 4 + (int)(size / 0x2_0000);

    public override FlashSector Sector(int index) => index switch
    {
        < 4 => new(Base + (uint)index * 0x4000, 0x4000, Erase16),
        4 => new(Base + 0x1_0000, 0x1_0000, Erase64),
        _ => new(Base + (uint)(index - 4) * 0x2_0000, 0x2_0000, Erase128),
    };

    public override FlashResult Erase(int sector)
    {
        if (sector < 0 || sector >= SectorCount) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR = FLASH_CR.PSIZE(2) | FLASH_CR.SER | FLASH_CR.SNB((uint)sector);
        FLASH->CR |= FLASH_CR.STRT;
        FlashResult result = Wait();
        Lock();
        Caches.CleanAndInvalidateData();
        return result;
    }

    public override FlashResult Program(uint address, ReadOnlySpan<byte> data)
    {
        if ((address & 3) != 0 || (data.Length & 3) != 0 || !Holds(address, data.Length)) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR = FLASH_CR.PSIZE(2) | FLASH_CR.PG;               // 32 bits at a time: 2.7 to 3.6 V
        FlashResult result = FlashResult.Ok;
        fixed (byte* source = data)
            for (int i = 0; i < data.Length && result == FlashResult.Ok; i += 4)
            {
                *(uint*)(address + i) = *(uint*)(source + i);
                Cpu.Dsb();
                result = Wait();
            }
        Lock();
        Caches.CleanAndInvalidateData();
        if (result != FlashResult.Ok) return result;
        return data.SequenceEqual(new ReadOnlySpan<byte>((void*)address, data.Length)) ? FlashResult.Ok : FlashResult.VerifyFailed;
    }

    /// <summary>This flash has no ECC: everything in it can be read.</summary>
    public override bool Read(uint address, Span<byte> data)
    {
        if (!Holds(address, data.Length))
        {
            data.Fill(Erased);
            return false;
        }
        new ReadOnlySpan<byte>((void*)address, data.Length).CopyTo(data);
        return true;
    }

    private static void Unlock()
    {
        if ((FLASH->CR & FLASH_CR.LOCK) != 0)
        {
            FLASH->KEYR = Key1;
            FLASH->KEYR = Key2;
        }
        FLASH->SR = Errors | FLASH_SR.EOP;
    }

    private FlashResult Wait()
    {
        while ((FLASH->SR & FLASH_SR.BSY) != 0) Beside?.Run();
        uint status = FLASH->SR & Errors;
        FLASH->SR = status;
        return status == 0 ? FlashResult.Ok : (status & FLASH_SR.WRPERR) != 0 ? FlashResult.WriteProtected : FlashResult.Refused;
    }

    /// <summary>Ends an operation; cached lines of what changed are dropped (RM0431 3.3.2: reset the ART cache while it is off).</summary>
    private static void Lock()
    {
        FLASH->CR = FLASH_CR.LOCK;
        FLASH->ACR &= ~FLASH_ACR.ARTEN;
        FLASH->ACR |= FLASH_ACR.ARTRST;
        FLASH->ACR &= ~FLASH_ACR.ARTRST;
        FLASH->ACR |= FLASH_ACR.ARTEN;
        Caches.InvalidateInstruction();
    }
}
