namespace SharpProbe.Sim.Chips.H7;

/// <summary>What distinguishes the flash interfaces of the H7 family (RM0433, RM0468 and RM0455, chapter 4).</summary>
public sealed record FlashKindH7
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    public required uint SectorSize { get; init; }
    /// <summary>Bytes that are programmed at once, with their ECC.</summary>
    public required uint WordSize { get; init; }
    /// <summary>CR: FW, START and SNB.</summary>
    public required int ForceBit { get; init; }
    public required int StartBit { get; init; }
    public required int SectorBit { get; init; }
    public required int SectorWidth { get; init; }
    public required uint CrReset { get; init; }
    public required uint CrMask { get; init; }
    /// <summary>Sectors that one bit of WPSN stands for.</summary>
    public required uint SectorsPerProtection { get; init; }
    public required uint ProtectionMask { get; init; }
    /// <summary>Femtoseconds, typical, by PSIZE where there is one: a sector's erase, a flash word.</summary>
    public required ulong[] EraseTimes { get; init; }
    public required ulong[] ProgramTimes { get; init; }
    /// <summary>CR.PSIZE.</summary>
    public bool HasParallelism => EraseTimes.Length > 1;

    /// <summary>Of a bank with so many sectors, by PSIZE.</summary>
    public ulong BankEraseTime(int sectors, uint parallelism) => BankErase ?? (ulong)sectors * EraseTimes[parallelism];

    /// <summary>Null: as long as all sectors take.</summary>
    public ulong? BankErase { get; init; }

    /// <summary>H74x, H75x and, with one bank, H72x, H73x: DS12110 table "Flash memory programming", times for x8, x16, x32, x64.</summary>
    public static FlashKindH7 H74x { get; } = new()
    {
        SectorSize = 128 * 1024, WordSize = 32, ForceBit = 6, StartBit = 7, SectorBit = 8, SectorWidth = 3, CrReset = 0x31, CrMask = 0x1FEF_87FF,
        SectorsPerProtection = 1, ProtectionMask = 0xFF,
        EraseTimes = [2000 * Millisecond, 1800 * Millisecond, 1100 * Millisecond, 1000 * Millisecond],
        ProgramTimes = [290 * Microsecond, 180 * Microsecond, 130 * Microsecond, 100 * Microsecond],
    };

    /// <summary>H7A3, H7B3, H7B0 (RM0455): 8 KB sectors and words of 128 bits. Times as far as known: 2 ms a sector, 10 ms a bank, 32 µs a word; no datasheet was at hand.</summary>
    public static FlashKindH7 H7Ax { get; } = new()
    {
        SectorSize = 8 * 1024, WordSize = 16, ForceBit = 4, StartBit = 5, SectorBit = 6, SectorWidth = 7, CrReset = 0x1, CrMask = 0x1FEF_9FFF,
        SectorsPerProtection = 4, ProtectionMask = uint.MaxValue,
        EraseTimes = [2 * Millisecond], ProgramTimes = [32 * Microsecond], BankErase = 10 * Millisecond,
    };
}
