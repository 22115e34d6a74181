using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>A row of STM32H7.</summary>
readonly ref struct Stm32H7Part(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>DBGMCU_IDC bits 11:0, and the part number in the debug port's TARGETID.</summary>
    public uint Id => _row[0];

    /// <summary>KiB.</summary>
    public uint Sector => _row[1];

    /// <summary>1, or 2 that share the flash evenly, the second at 1 MB (RM0433 table 15).</summary>
    public uint Banks => _row[2];

    /// <summary>KiB where the size register says nothing; of AXI SRAM, and of SRAM4 or SRD SRAM.</summary>
    public uint Flash => _row[3];
    public uint AxiRam => _row[4];
    public uint Ram4 => _row[5];

    /// <summary>Address of the unique id; the flash size is behind it.</summary>
    public uint UniqueId => _row[6];
    public uint Size => _row[7];

    public ReadOnlySpan<byte> Name => _row.From(8);

    public static Stm32H7Part Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>RM0433 60.5.8 and 61, RM0468 63.5.8 and 64, RM0455 65.5.8 and 66.</summary>
    public static ReadOnlySpan<byte> Rows =>
        "x450 128 2 2048 512 64 x1FF1E800 x1FF1E880 STM32H74x/75x\n"u8 +
        "x483 128 1 1024 320 16 x1FF1E800 x1FF1E880 STM32H72x/73x\n"u8 +
        "x480 8 2 2048 1024 32 x08FFF800 x08FFF80C STM32H7Ax/7Bx\n"u8;

    /// <summary>What OPTSTART programs; the last three are of bank 2.</summary>
    public static ReadOnlySpan<byte> Options =>
        "x52002020 4 OPTSR\nx5200202C 4 PRAR1\nx52002034 4 SCAR1\nx5200203C 4 WPSN1\nx52002044 4 BOOT\nx5200212C 4 PRAR2\nx52002134 4 SCAR2\nx5200213C 4 WPSN2\n"u8;
}
