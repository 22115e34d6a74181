using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>A row of STM32L0 and L1.</summary>
readonly ref struct Stm32L0Part(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>DBGMCU_IDCODE bits 11:0.</summary>
    public uint Id => _row[0];

    /// <summary>Bytes; what is programmed at once is half of it.</summary>
    public uint Page => _row[1];

    /// <summary>KiB of flash where the size register says nothing, and of RAM.</summary>
    public uint Flash => _row[2];
    public uint Ram => _row[3];

    /// <summary>Bytes.</summary>
    public uint Eeprom => _row[4];

    /// <summary>Address of the flash size. 0x429 says it in a byte, 0x436 in a code (RM0038 31.1.1).</summary>
    public uint Size => _row[5];

    public ReadOnlySpan<byte> Name => _row.From(6);

    public bool IsL0 => Page == 128;

    /// <summary>Of the memory interface, and DBGMCU_IDCODE.</summary>
    public uint Controller => IsL0 ? ControllerL0 : 0x4002_3C00;
    public const uint ControllerL0 = 0x4002_2000;
    public uint Idcode => IsL0 ? 0x4001_5800u : 0xE004_2000;

    public static Stm32L0Part Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>RM0376, RM0367, RM0377, RM0451 27.4.1 and 3.3; RM0038 30.6.1 and 3.2.</summary>
    public static ReadOnlySpan<byte> Rows =>
        "x457 128 16 2 512 x1FF8007C STM32L01x/L02x\n"u8 +
        "x425 128 32 8 1024 x1FF8007C STM32L03x/L04x\n"u8 +
        "x417 128 64 8 2048 x1FF8007C STM32L05x/L06x\n"u8 +
        "x447 128 192 20 6144 x1FF8007C STM32L07x/L08x\n"u8 +
        "x416 256 128 16 4096 x1FF8004C STM32L1 category 1\n"u8 +
        "x429 256 128 32 4096 x1FF8004C STM32L1 category 2\n"u8 +
        "x427 256 256 32 8192 x1FF800CC STM32L1 category 3\n"u8 +
        "x436 256 384 48 12288 x1FF800CC STM32L1 category 3, 4\n"u8 +
        "x437 256 512 80 16384 x1FF800CC STM32L1 category 5, 6\n"u8;

    /// <summary>First bytes of <see cref="Options"/>: RDP and USER; and of each word of the write protection that follows, 16 sectors of 4 KiB.</summary>
    public const int OptionsBefore = 33, OptionRow = 17;

    /// <summary>RM0376 3.8, RM0038 3.8: user option bytes. L1 of categories 5 and 6 have two words apart.</summary>
    public static ReadOnlySpan<byte> Options =>
        "x1FF80000 2 RDP\nx1FF80004 2 USER\nx1FF80008 2 WRP1\nx1FF8000C 2 WRP2\nx1FF80010 2 WRP3\nx1FF80014 2 WRP4\nx1FF80018 2 WRP5\nx1FF8001C 2 WRP6\nx1FF80080 2 WRP7\nx1FF80084 2 WRP8\n"u8;
}
