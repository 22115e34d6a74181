using System;
using SharpProbe.Flashing;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>
/// Internal flash of the STM32F72x: 4 sectors of 16 KB, one of 64, three of 128 (RM0431 3.3). The core stalls while it fetches from a flash that is
/// erasing or programming: interrupts are late by up to a sector erase (1 s typical for 128 KB, DS11853 table 52).
/// </summary>
public static unsafe class InternalFlash
{
    public const uint Address = 0x0800_0000;

    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;
    private const uint Errors = FLASH_SR.WRPERR | FLASH_SR.PGAERR | FLASH_SR.PGPERR | FLASH_SR.ERSERR;

    /// <summary>Bytes, from the size register (RM0431 41.2).</summary>
    public static uint Size => *(ushort*)0x1FF0_7A22 * 1024u;

    /// <summary>Bytes of a sector, 0 to 7.</summary>
    public static uint SectorSize(uint sector) => sector < 4 ? 0x4000u : sector == 4 ? 0x1_0000u : 0x2_0000u;

    /// <summary>Read protection from the option bytes: 0xAA none, 0xCC for ever, else level 1 (FLASH_OPTCR, bits 15:8).</summary>
    public static byte ReadProtection => (byte)(FLASH->OPTCR >> 8);

    /// <summary>Where the core starts with BOOT0 low, from the option bytes: steps of 16 KB (BOOT_ADD0, RM0431 3.7.7).</summary>
    public static uint BootAddress => (FLASH->OPTCR1 & 0xFFFF) << 14;

    public static FlashResult Erase(uint sector)
    {
        if (sector > 7) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR = FLASH_CR.PSIZE(2) | FLASH_CR.SER | FLASH_CR.SNB(sector);
        FLASH->CR |= FLASH_CR.STRT;
        return Finish();
    }

    /// <summary>Programs words into erased flash. <paramref name="address"/> and the length are multiples of 4.</summary>
    public static FlashResult Program(uint address, ReadOnlySpan<byte> data)
    {
        if ((address & 3) != 0 || (data.Length & 3) != 0 || address < Address || address - Address + (uint)data.Length > Size) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR = FLASH_CR.PSIZE(2) | FLASH_CR.PG;               // 32 bits at a time: 2.7 to 3.6 V
        fixed (byte* source = data)
            for (int i = 0; i < data.Length; i += 4)
            {
                *(uint*)(address + i) = *(uint*)(source + i);
                Cpu.Dsb();
                if (Wait() is not FlashResult.Ok and var failure)
                {
                    Lock();
                    return failure;
                }
            }
        Lock();
        Caches.CleanAndInvalidateData();
        return data.SequenceEqual(new ReadOnlySpan<byte>((void*)address, data.Length)) ? FlashResult.Ok : FlashResult.VerifyFailed;
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

    private static FlashResult Finish()
    {
        FlashResult result = Wait();
        Lock();
        return result;
    }

    private static FlashResult Wait()
    {
        while ((FLASH->SR & FLASH_SR.BSY) != 0) { }
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
