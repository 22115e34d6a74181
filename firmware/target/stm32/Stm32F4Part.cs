using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>A row of STM32F2, F4, F7 and GD32F4.</summary>
readonly ref struct Stm32F4Part(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>DBGMCU_IDCODE bits 11:0; of GD32 the part number in the ROM table.</summary>
    public uint Id => _row[0];

    /// <summary>CPUID.PARTNO.</summary>
    public uint Cpu => _row[1];

    /// <summary>KiB of each of a bank's first four sectors.</summary>
    public uint Sector => _row[2];

    /// <summary>What makes two banks of it: '-' nothing, 'D' more than 1 MB, or OPTCR.DB1M with 1 MB; 'N' OPTCR.nDBANK = 0, with sectors of half the size; 'G' more than 1 MB, and sectors of 256 KB in its third (GD32F4xx user manual, FMC_CTL.SN).</summary>
    public uint Banks => _row[3];

    /// <summary>KiB where the size register says nothing.</summary>
    public uint Flash => _row[4];

    /// <summary>KiB at 0x20000000, and at 0x10000000.</summary>
    public uint Ram => _row[5];
    public uint CoreCoupled => _row[6];

    /// <summary>OPTCR, OPTCR1 and OPTCR2: how many.</summary>
    public int Options => (int)_row[7];

    /// <summary>Address of the unique id, and bytes from there to the flash size.</summary>
    public uint UniqueId => _row[8];
    public uint SizeOffset => _row[9];

    /// <summary>OPTCR.nWRP: bits from 16 on. Where there are fewer than 12 sectors the manuals' reset value has ones above, but for F74x and F72x.</summary>
    public uint Nwrp => (1u << (int)_row[10]) - 1 << 16;

    public ReadOnlySpan<byte> Name => _row.From(11);

    /// <summary>KiB of the first four sectors as the part is configured now.</summary>
    public uint SmallSector(CortexM core) => Banks == 'N' && core.PartData != 0 ? Sector / 2 : Sector;

    public static Stm32F4Part Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>RM0033, RM0090, RM0368, RM0383, RM0386, RM0390, RM0401, RM0402, RM0430, RM0385, RM0410, RM0431: embedded flash, memory map, DBGMCU, electronic signature.</summary>
    public static ReadOnlySpan<byte> Rows =>
        "x411 xC23 16 - 1024 128 - 1 x1FFF7A10 18 12 STM32F2\n"u8 +
        "x411 xC24 16 - 1024 128 64 1 x1FFF7A10 18 12 STM32F40x\n"u8 +         // revision A says the F2's id
        "x413 xC24 16 - 1024 128 64 1 x1FFF7A10 18 12 STM32F40x\n"u8 +
        "x419 xC24 16 D 2048 192 64 2 x1FFF7A10 18 12 STM32F42x/43x\n"u8 +
        "x421 xC24 16 - 512 128 - 1 x1FFF7A10 18 12 STM32F446\n"u8 +
        "x423 xC24 16 - 256 64 - 1 x1FFF7A10 18 12 STM32F401xB/C\n"u8 +
        "x431 xC24 16 - 512 128 - 1 x1FFF7A10 18 12 STM32F411\n"u8 +
        "x433 xC24 16 - 512 96 - 1 x1FFF7A10 18 12 STM32F401xD/E\n"u8 +
        "x434 xC24 16 D 2048 320 64 2 x1FFF7A10 18 12 STM32F469/479\n"u8 +
        "x441 xC24 16 - 1024 256 - 1 x1FFF7A10 18 12 STM32F412\n"u8 +
        "x458 xC24 16 - 128 32 - 1 x1FFF7A10 18 12 STM32F410\n"u8 +
        "x463 xC24 16 - 1536 320 - 1 x1FFF7A10 18 15 STM32F413/423\n"u8 +
        "x449 xC27 32 - 1024 320 - 2 x1FF0F420 34 8 STM32F74x/75x\n"u8 +
        "x451 xC27 32 N 2048 512 - 2 x1FF0F420 34 12 STM32F76x/77x\n"u8 +
        "x452 xC27 16 - 512 256 - 3 x1FF07A10 18 8 STM32F72x/73x\n"u8 +
        "x2B3 xC24 16 G 1024 192 64 2 x1FFF7A10 18 12 GD32F4xx\n"u8;

    public static ReadOnlySpan<byte> OptionRows => "x40023C14 4 OPTCR\nx40023C18 4 OPTCR1\nx40023C1C 4 OPTCR2\n"u8;
}
