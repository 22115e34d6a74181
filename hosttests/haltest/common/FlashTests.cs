using System;
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
        var sector = new ReadOnlySpan<byte>((void*)Vectors.LastSectorAddress, 128);

        Check(InternalFlash.ReadProtection == 0xAA, "read protection is off"u8);
        Check(InternalFlash.BootAddress == Vectors.FactoryBootAddress, "the option bytes boot from flash"u8);
        Check(InternalFlash.Erase(Vectors.LastSector) == FlashResult.Ok, "a sector erases"u8);
        Check(sector.IndexOfOther(0xFF) < 0, "an erased sector reads 0xFF"u8);
        Check(InternalFlash.Program(Vectors.LastSectorAddress, data) == FlashResult.Ok, "64 bytes program"u8);
        Check(sector[..64].SequenceEqual(data) && sector[64] == 0xFF, "exactly they are there"u8);
        Check(InternalFlash.Erase(Vectors.LastSector) == FlashResult.Ok && sector.IndexOfOther(0xFF) < 0, "a written sector erases"u8);
        Check(InternalFlash.Program(Vectors.LastSectorAddress + 2, data) == FlashResult.OutOfRange, "an unaligned address is refused"u8);
        Check(InternalFlash.Program(Vectors.LastSectorAddress, data[..6]) == FlashResult.OutOfRange, "part of a word is refused"u8);
        Check(InternalFlash.Program(0x2000_0000, data) == FlashResult.OutOfRange, "an address outside the flash is refused"u8);
        Check(InternalFlash.Erase(8) == FlashResult.OutOfRange, "a sector that does not exist is refused"u8);
    }

    /// <summary>Position of the first byte that differs, or -1.</summary>
    private static int IndexOfOther(this ReadOnlySpan<byte> bytes, byte value)
    {
        for (int i = 0; i < bytes.Length; i++)
            if (bytes[i] != value) return i;
        return -1;
    }
}
