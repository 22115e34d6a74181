using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>A row of the parts whose flash controller is of the L4's design.</summary>
readonly ref struct Stm32L4Part(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>DBGMCU_IDCODE bits 11:0.</summary>
    public uint Id => _row[0];

    /// <summary>CPUID.PARTNO; it also says where DBGMCU is.</summary>
    public uint Cpu => _row[1];

    /// <summary>4: registers as on L4; W: the same elsewhere (WB, WL); 5: as on L5; U: as on L5, four words at once.</summary>
    private uint Generation => _row[2];

    public bool IsL4 => Generation is 4 or 'W';

    public bool IsU5 => Generation == 'U';

    public uint Base => Generation == 'W' ? 0x5800_4000u : 0x4002_2000u;

    /// <summary>KiB of a page with one bank.</summary>
    private uint Page => _row[3];

    /// <summary>KiB of the largest part.</summary>
    public uint Flash => _row[4];

    /// <summary>
    /// What makes two banks of it: '-' nothing; 'L' the full size, or OPTR bit 21; 'B' bit 21; 'G' bit 22, with pages of half the size and the second bank always at half the full size; 'R' bit 22
    /// with the full size or else bit 21, with pages of half the size; 'S' (L5) as 'R', but bit 22 alone says the page's size.
    /// </summary>
    public uint Banks => _row[5];

    /// <summary>KiB at 0x20000000, and at 0x10000000.</summary>
    public uint Ram => _row[6];
    public uint Ram2 => _row[7];

    /// <summary>Address of the flash size, a half-word; the unique id is so many bytes before it.</summary>
    public uint SizeAt => _row[8];
    public uint UniqueId => SizeAt - (IsU5 ? 0xA0u : 0x50u);

    public ReadOnlySpan<byte> Name => _row.From(9);

    /// <summary>KiB of a bank where there are two, or 0.</summary>
    public uint BankOf(uint kilobytes, uint optr)
    {
        bool full = kilobytes == Flash, bit21 = (optr & 1 << 21) != 0, bit22 = (optr & 1 << 22) != 0;
        bool two = Banks switch { 'L' => full || bit21, 'B' => bit21, 'G' => bit22, 'R' or 'S' => full ? bit22 : bit21, _ => false };
        return two ? kilobytes / 2 : 0;
    }

    /// <summary>KiB of a page as the part is configured.</summary>
    public uint PageOf(uint bank, uint optr) => Banks switch
    {
        'G' or 'R' => bank != 0 ? Page / 2 : Page,
        'S' => (optr & 1 << 22) != 0 ? Page / 2 : Page,
        _ => Page,
    };

    /// <summary>KiB from the flash's start to the second bank: the G47's smaller parts have a gap.</summary>
    public uint Bank2Offset(CortexM core) => Banks == 'G' ? Flash / 2 : core.PartData;

    public static Stm32L4Part Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>RM0351, RM0394, RM0432, RM0444, RM0454, RM0440, RM0490, RM0503, RM0434, RM0471, RM0473, RM0453, RM0438, RM0456, RM0493: DBGMCU, embedded flash, electronic signature; datasheets: RAM.</summary>
    public static ReadOnlySpan<byte> Rows =>
        "x415 xC24 4 2 1024 L 96 32 x1FFF75E0 STM32L47x/48x\n"u8 +
        "x435 xC24 4 2 256 - 64 - x1FFF75E0 STM32L43x/44x\n"u8 +
        "x461 xC24 4 2 1024 L 320 - x1FFF75E0 STM32L49x/4Ax\n"u8 +
        "x462 xC24 4 2 512 - 160 - x1FFF75E0 STM32L45x/46x\n"u8 +
        "x464 xC24 4 2 128 - 40 - x1FFF75E0 STM32L41x/42x\n"u8 +
        "x470 xC24 4 8 2048 R 640 - x1FFF75E0 STM32L4Rx/4Sx\n"u8 +
        "x471 xC24 4 8 1024 R 320 - x1FFF75E0 STM32L4Px/4Qx\n"u8 +
        "x468 xC24 4 2 128 - 32 - x1FFF75E0 STM32G43x/44x\n"u8 +
        "x469 xC24 4 4 512 G 128 - x1FFF75E0 STM32G47x/48x\n"u8 +
        "x479 xC24 4 2 512 - 112 - x1FFF75E0 STM32G49x/4Ax\n"u8 +
        "x456 xC60 4 2 64 - 18 - x1FFF75E0 STM32G05x/06x\n"u8 +
        "x460 xC60 4 2 128 - 36 - x1FFF75E0 STM32G07x/08x\n"u8 +
        "x466 xC60 4 2 64 - 8 - x1FFF75E0 STM32G03x/04x\n"u8 +
        "x467 xC60 4 2 512 B 144 - x1FFF75E0 STM32G0Bx/0Cx\n"u8 +
        "x443 xC60 4 2 32 - 6 - x1FFF75A0 STM32C01x\n"u8 +
        "x44C xC60 4 2 64 - 12 - x1FFF75A0 STM32C05x\n"u8 +
        "x44D xC60 4 2 256 - 30 - x1FFF75A0 STM32C09x\n"u8 +
        "x453 xC60 4 2 32 - 12 - x1FFF75A0 STM32C03x\n"u8 +
        "x493 xC60 4 2 128 - 24 - x1FFF75A0 STM32C07x\n"u8 +
        "x459 xC60 4 2 64 - 12 - x1FFF3EA0 STM32U03x\n"u8 +
        "x489 xC60 4 2 256 - 40 - x1FFF6EA0 STM32U07x/08x\n"u8 +
        "x494 xC24 W 2 320 - 12 - x1FFF75E0 STM32WB1x\n"u8 +
        "x495 xC24 W 4 1024 - 192 - x1FFF75E0 STM32WB5x\n"u8 +
        "x496 xC24 W 4 512 - 32 - x1FFF75E0 STM32WB3x\n"u8 +
        "x497 xC24 W 2 256 - 64 - x1FFF75E0 STM32WLx\n"u8 +
        "x472 xD21 5 4 512 S 256 - x0BFA05E0 STM32L55x/56x\n"u8 +
        "x455 xD21 U 8 512 L 256 - x0BFA07A0 STM32U53x/54x\n"u8 +
        "x482 xD21 U 8 2048 L 768 - x0BFA07A0 STM32U57x/58x\n"u8 +
        "x481 xD21 U 8 4096 L 2496 - x0BFA07A0 STM32U59x/5Ax\n"u8 +
        "x476 xD21 U 8 4096 L 3008 - x0BFA07A0 STM32U5Fx/5Gx\n"u8 +
        "x492 xD21 U 8 1024 - 128 - x0FF907A0 STM32WBA5x\n"u8;

    public static ReadOnlySpan<byte> OptionsL4 => "x40022020 4 OPTR\nx4002202C 4 WRP1AR\nx40022030 4 WRP1BR\nx4002204C 4 WRP2AR\nx40022050 4 WRP2BR\n"u8;

    public static ReadOnlySpan<byte> OptionsWb => "x58004020 4 OPTR\nx5800402C 4 WRP1AR\nx58004030 4 WRP1BR\n"u8;

    public static ReadOnlySpan<byte> OptionsL5 =>
        "x40022040 4 OPTR\nx40022044 4 NSBOOTADD0R\nx40022048 4 NSBOOTADD1R\nx4002204C 4 SECBOOTADD0R\nx40022050 4 SECWM1R1\nx40022054 4 SECWM1R2\nx40022058 4 WRP1AR\nx4002205C 4 WRP1BR\n"u8 +
        "x40022060 4 SECWM2R1\nx40022064 4 SECWM2R2\nx40022068 4 WRP2AR\nx4002206C 4 WRP2BR\n"u8;
}
