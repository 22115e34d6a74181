using System;
using SharpProbe.Flashing;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>
/// Internal flash of the STM32H743/H750, bank 1: sectors of 128 KB, programmed in words of 256 bits, each once between erases (RM0433 4.3.8 and 4.3.9).
/// The core stalls while it fetches from the bank that is busy (a sector erase takes 1.3 s typically at x32, DS12110).
/// </summary>
public static unsafe class InternalFlash
{
    public const uint Address = 0x0800_0000, SectorSize = 0x2_0000, WordSize = 32;

    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;
    private const uint Errors = FLASH_SR1.WRPERR1 | FLASH_SR1.PGSERR1 | FLASH_SR1.STRBERR1 | FLASH_SR1.INCERR1 | FLASH_SR1.OPERR1;

    /// <summary>Bytes of bank 1, from the size register, which counts both (RM0433 63.2): 128 KB on the H750, 1 MB on the H743.</summary>
    public static uint Size => Math.Min(*(ushort*)0x1FF1_E880 * 1024u, 0x10_0000u);

    /// <summary>Read protection from the option bytes: 0xAA none, 0xCC for ever, else level 1 (FLASH_OPTSR_CUR, bits 15:8).</summary>
    public static byte ReadProtection => (byte)(FLASH->OPTSR_CUR >> 8);

    /// <summary>Where the core starts with BOOT0 low, from the option bytes: steps of 64 KB (BOOT_CM7_ADD0, RM0433 4.9.18).</summary>
    public static uint BootAddress => FLASH->BOOT_CURR << 16;

    /// <summary>Sector 0 to 7 of bank 1 (the H750 has only 0).</summary>
    public static FlashResult Erase(uint sector)
    {
        if (sector >= Size / SectorSize) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR1 = FLASH_CR1.PSIZE1(2) | FLASH_CR1.SER1 | FLASH_CR1.SNB1(sector);
        FLASH->CR1 |= FLASH_CR1.START1;
        FlashResult result = Wait();
        Lock();
        return result;
    }

    /// <summary>Programs flash words into erased flash. <paramref name="address"/> and the length are multiples of 32.</summary>
    public static FlashResult Program(uint address, ReadOnlySpan<byte> data)
    {
        if (address % WordSize != 0 || (uint)data.Length % WordSize != 0 || address < Address || address - Address + (uint)data.Length > Size) return FlashResult.OutOfRange;
        Unlock();
        FLASH->CR1 = FLASH_CR1.PSIZE1(2) | FLASH_CR1.PG1;
        fixed (byte* source = data)
            for (int i = 0; i < data.Length; i += (int)WordSize)
            {
                for (int word = 0; word < WordSize; word += 4) *(uint*)(address + i + word) = *(uint*)(source + i + word);
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
        if ((FLASH->CR1 & FLASH_CR1.LOCK1) != 0)
        {
            FLASH->KEYR1 = Key1;
            FLASH->KEYR1 = Key2;
        }
        FLASH->CCR1 = Errors;
    }

    private static FlashResult Wait()
    {
        while ((FLASH->SR1 & (FLASH_SR1.BSY1 | FLASH_SR1.QW1)) != 0) { }
        uint status = FLASH->SR1 & Errors;
        FLASH->CCR1 = status;
        return status == 0 ? FlashResult.Ok : (status & FLASH_SR1.WRPERR1) != 0 ? FlashResult.WriteProtected : FlashResult.Refused;
    }

    private static void Lock()
    {
        FLASH->CR1 = FLASH_CR1.LOCK1;
        Caches.InvalidateInstruction();
    }
}
