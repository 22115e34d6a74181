using System;
using SharpProbe.Boards;
using SharpProbe.Flashing;
using SharpProbe.Hal;
using static SharpProbe.HalTest.Report;

namespace SharpProbe.HalTest;

static unsafe class FlashTests
{
    internal static void Run()
    {
        Span<byte> data = stackalloc byte[64];
        for (int i = 0; i < data.Length; i++) data[i] = (byte)(i * 5 + 1);
        FlashDevice flash = Board.CreateFlash();
        FlashSector last = flash.Sector(flash.SectorCount - 1);
        var sector = new ReadOnlySpan<byte>((void*)last.Address, 128);

        Check(InternalFlash.ReadProtection == 0xAA, "read protection is off"u8);
        Check(InternalFlash.BootAddress == Vectors.FactoryBootAddress, "the option bytes boot from flash"u8);
        Check(flash.Erase(flash.SectorCount - 1) == FlashResult.Ok, "a sector erases"u8);
        Check(sector.IndexOfOther(0xFF) < 0, "an erased sector reads 0xFF"u8);
        Check(flash.Program(last.Address, data) == FlashResult.Ok, "64 bytes program"u8);
        Check(sector[..64].SequenceEqual(data) && sector[64] == 0xFF, "exactly they are there"u8);
        Check(flash.Erase(flash.SectorCount - 1) == FlashResult.Ok && sector.IndexOfOther(0xFF) < 0, "a written sector erases"u8);
        Check(flash.Program(last.Address + 2, data) == FlashResult.OutOfRange, "an unaligned address is refused"u8);
        Check(flash.Program(last.Address, data[..6]) == FlashResult.OutOfRange, "part of a word is refused"u8);
        Check(flash.Read(last.Address + 1, data[..62]) && data[0] == 0xFF, "unaligned bytes are read"u8);
        Check(flash.Read(flash.Base + flash.Size - 4, data[..4]) && !flash.Read(flash.Base + flash.Size - 3, data[..4]), "a read ends at the end"u8);
        Check(flash.SectorOf(last.Address + last.Size - 1) == flash.SectorCount - 1 && flash.SectorOf(last.End) < 0, "an address has its sector"u8);
        if (Vectors.Unreadable != 0)
        {
            data.Fill(1);
            Check(!flash.Read(Vectors.Unreadable - 4, data[..40]) && data[4] == 0xFF && data[39] == 0xFF, "a word that fails its ECC is told, and no fault"u8);
            Check(flash.Read(Vectors.Unreadable + 32, data), "its neighbour is read"u8);
        }
        Check(flash.Program(0x2000_0000, data) == FlashResult.OutOfRange, "an address outside the flash is refused"u8);
        Check(flash.Erase(flash.SectorCount) == FlashResult.OutOfRange, "a sector that does not exist is refused"u8);
    }

    /// <summary>Position of the first byte that differs, or -1.</summary>
    private static int IndexOfOther(this ReadOnlySpan<byte> bytes, byte value)
    {
        for (int i = 0; i < bytes.Length; i++)
            if (bytes[i] != value) return i;
        return -1;
    }
}
