using System;
using SharpProbe.Flashing;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>
/// Internal flash of the STM32H743/H750: two banks of eight sectors of 128 KB, programmed in words of 256 bits, each once between erases (RM0433 4.3.8 and 4.3.9). The core stalls only while it
/// fetches from the bank that is busy.
/// </summary>
/// <param name="size">Bytes that are there; not the size register's, which says 128 KB on an H750 (docs/boards.md).</param>
public sealed unsafe class InternalFlash(uint size) : FlashDevice
{
    private const uint SectorSize = 0x2_0000, BankSize = 0x10_0000, WordSize = 32;
    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB;
    private const uint Errors = FLASH_SR1.WRPERR1 | FLASH_SR1.PGSERR1 | FLASH_SR1.STRBERR1 | FLASH_SR1.INCERR1 | FLASH_SR1.OPERR1;
    private const uint EccErrors = FLASH_CCR1.CLR_SNECCERR1 | FLASH_CCR1.CLR_DBECCERR1;

    /// <summary>Longest sector erase at x64, in ms (DS12110, table "Flash memory programming").</summary>
    private const uint EraseTime = 2000;

    /// <summary>PSIZE: 64 bits in parallel, the fastest.</summary>
    private const uint Parallelism = 3;

    /// <summary>Read protection from the option bytes: 0xAA none, 0xCC for ever, else level 1 (FLASH_OPTSR_CUR, bits 15:8).</summary>
    public static byte ReadProtection => (byte)(FLASH->OPTSR_CUR >> 8);

    /// <summary>Where the core starts with BOOT0 low, from the option bytes: steps of 64 KB (BOOT_CM7_ADD0, RM0433 4.9.18).</summary>
    public static uint BootAddress => FLASH->BOOT_CURR << 16;

    public override uint Base => 0x0800_0000;
    public override uint Size => size;
    public override uint ProgramUnit => WordSize;
    public override int SectorCount => (int)(size / SectorSize);

    public override FlashSector Sector(int index) => new(Base + (uint)index * SectorSize, SectorSize, EraseTime);

    public override FlashResult Erase(int sector)
    {
        if (sector < 0 || sector >= SectorCount) return FlashResult.OutOfRange;
        FlashRegisters* bank = Bank(Sector(sector).Address);
        Unlock(bank);
        bank->CR1 = FLASH_CR1.PSIZE1(Parallelism) | FLASH_CR1.SER1 | FLASH_CR1.SNB1((uint)sector % (BankSize / SectorSize));
        bank->CR1 |= FLASH_CR1.START1;
        FlashResult result = Wait(bank);
        Lock(bank);
        return result;
    }

    public override FlashResult Program(uint address, ReadOnlySpan<byte> data)
    {
        if (address % WordSize != 0 || (uint)data.Length % WordSize != 0 || !Holds(address, data.Length)) return FlashResult.OutOfRange;
        FlashResult result = FlashResult.Ok;
        while (data.Length != 0 && result == FlashResult.Ok)
        {
            int count = (int)Math.Min((uint)data.Length, BankSize - (address - Base) % BankSize);
            result = ProgramIn(Bank(address), address, data[..count]);
            address += (uint)count;
            data = data[count..];
        }
        return result;
    }

    public override bool Read(uint address, Span<byte> data)
    {
        data.Fill(Erased);
        if (!Holds(address, data.Length)) return false;
        Span<byte> word = stackalloc byte[(int)WordSize];
        bool good = true;
        while (data.Length != 0)
        {
            if (ReadLines(address, data) is > 0 and var read)
            {
                address += (uint)read;
                data = data[read..];
                continue;
            }
            int skip = (int)(address % WordSize), count = Math.Min(data.Length, (int)WordSize - skip);
            if (ReadWord(address - (uint)skip, word)) word.Slice(skip, count).CopyTo(data);
            else good = false;
            address += (uint)count;
            data = data[count..];
        }
        return good;
    }

    /// <summary>Many flash words at once, while all is well. Returns how many bytes were read; 0: look word by word.</summary>
    private int ReadLines(uint address, Span<byte> data)
    {
        const uint most = 512;
        int count = (int)(Math.Min((uint)data.Length, most - address % most) & ~(WordSize - 1));
        if (address % WordSize != 0 || count <= WordSize) return 0;
        FlashRegisters* bank = Bank(address);
        bank->CCR1 = EccErrors;
        FaultFreeRead.Words(address, data[..count]);
        if ((bank->SR1 & FLASH_SR1.DBECCERR1) == 0) return count;
        bank->CCR1 = EccErrors;
        data[..count].Fill(Erased);
        return 0;
    }

    /// <summary>Bank 2 has the registers of bank 1 at 0x100 (RM0433 4.9.31).</summary>
    private FlashRegisters* Bank(uint address) => (FlashRegisters*)((byte*)FLASH + (address - Base < BankSize ? 0 : 0x100));

    private FlashResult ProgramIn(FlashRegisters* bank, uint address, ReadOnlySpan<byte> data)
    {
        Unlock(bank);
        bank->CR1 = FLASH_CR1.PSIZE1(Parallelism) | FLASH_CR1.PG1;
        FlashResult result = FlashResult.Ok;
        fixed (byte* source = data)
            for (int i = 0; i < data.Length && result == FlashResult.Ok; i += (int)WordSize)
            {
                for (int word = 0; word < WordSize; word += 4) *(uint*)(address + i + word) = *(uint*)(source + i + word);
                Cpu.Dsb();
                result = Wait(bank);
            }
        Lock(bank);
        return result != FlashResult.Ok ? result : Holds(address, data) ? FlashResult.Ok : FlashResult.VerifyFailed;
    }

    private bool Holds(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[(int)WordSize];
        for (int i = 0; i < data.Length; i += (int)WordSize)
            if (!ReadWord(address + (uint)i, word) || !word.SequenceEqual(data.Slice(i, (int)WordSize))) return false;
        return true;
    }

    /// <summary>
    /// A flash word, or false where ECC finds two errors. The bus error that such a read ends in is ignored: FAULTMASK with CCR.BFHFNMIGN (DDI 0403E, B1.5.14). The core may also fetch the next
    /// line ahead, whose error is not ours: the controller says which word it was (RM0433 4.9.24).
    /// </summary>
    private bool ReadWord(uint address, Span<byte> into)
    {
        FlashRegisters* bank = Bank(address);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            bank->CCR1 = EccErrors;
            FaultFreeRead.Words(address, into);
            if ((bank->SR1 & FLASH_SR1.DBECCERR1) == 0) return true;
            uint failed = bank->ECC_FA1R;
            bank->CCR1 = EccErrors;
            if (failed == (address - Base) % BankSize / WordSize) return false;
        }
        return false;
    }

    private static void Unlock(FlashRegisters* bank)
    {
        if ((bank->CR1 & FLASH_CR1.LOCK1) != 0)
        {
            bank->KEYR1 = Key1;
            bank->KEYR1 = Key2;
        }
        bank->CCR1 = Errors;
    }

    private FlashResult Wait(FlashRegisters* bank)
    {
        while ((bank->SR1 & (FLASH_SR1.BSY1 | FLASH_SR1.QW1)) != 0) Beside?.Run();
        uint status = bank->SR1 & Errors;
        bank->CCR1 = status;
        return status == 0 ? FlashResult.Ok : (status & FLASH_SR1.WRPERR1) != 0 ? FlashResult.WriteProtected : FlashResult.Refused;
    }

    private static void Lock(FlashRegisters* bank)
    {
        bank->CR1 = FLASH_CR1.LOCK1;
        Caches.InvalidateInstruction();
        Caches.CleanAndInvalidateData();
    }
}
