using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>A row of the parts with an FPEC. All conditions that a row states must hold.</summary>
readonly ref struct Stm32F1Part(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>Value of DBGMCU_IDCODE's bits 11:0, or of 31:16 where it is longer than that.</summary>
    public uint Id => _row[0];

    /// <summary>CPUID.PARTNO, or 0.</summary>
    public uint Cpu => _row[1];

    /// <summary>Who made the chip, by registers other than the id.</summary>
    public SiliconOrigin Origin => (SiliconOrigin)_row[2];

    /// <summary>Where its signature is.</summary>
    public FpecKind Kind => (FpecKind)_row[3];

    /// <summary>Bytes erased at once; 0: 2 KiB from 256 KiB of flash on, 1 KiB below.</summary>
    public uint Page => _row[4];

    /// <summary>KiB where the size register says nothing.</summary>
    public uint Flash => _row[5];

    /// <summary>KiB.</summary>
    public uint Ram => _row[6];

    /// <summary>Bytes erased at once in the second bank, above 512 KiB; 0: as in the first.</summary>
    public uint Page2 => _row[7];

    public ReadOnlySpan<byte> Name => _row.From(8);

    public bool Has(uint id) => Id <= 0xFFF ? (id & 0xFFF) == Id : (id & 0xFFFF_0000) == Id;

    public static Stm32F1Part Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>The first row that fits is taken. id, cpu, origin (G: GigaDevice, W: WCH, C: copy), kind, page, flash, RAM, page of bank 2, name.</summary>
    public static ReadOnlySpan<byte> Rows =>
        // GigaDevice: same ids, other cores and sizes
        "x410 xD20 - 2 1024 64 8 - GD32E230\n"u8 +
        "x410 xC24 - 1 2048 256 48 - GD32F30x\n"u8 +
        "x414 xC24 - 1 2048 512 64 - GD32F30x high density\n"u8 +
        "x430 xC24 - 1 2048 1024 96 4096 GD32F30x XL density\n"u8 +
        "x410 xC23 G 1 1024 128 20 - GD32F10x medium density\n"u8 +
        "x414 xC23 G 1 2048 512 64 - GD32F10x high density\n"u8 +
        "x418 xC23 G 1 2048 256 64 - GD32F10x connectivity line\n"u8 +
        "x430 xC23 G 1 2048 1024 96 4096 GD32F10x XL density\n"u8 +
        // Artery: the series is in the upper half of the id
        "x70050000 xC24 - 1 2048 256 96 - AT32F403/F403A/F407\n"u8 +
        "x70030000 xC24 - 1 - 256 32 - AT32F413/F415\n"u8 +
        "x50010000 xC24 - 1 1024 64 16 - AT32F421\n"u8 +
        "x50020000 xC24 - 1 1024 64 16 - AT32F421\n"u8 +
        "x50090000 xC24 - 1 1024 64 20 - AT32F425\n"u8 +
        // Copies of the STM32F103
        "x29B - - 1 1024 64 20 - CS32F103 (clone of STM32F1 medium density)\n"u8 +
        "x410 xC23 W 1 1024 64 20 - CH32F103\n"u8 +
        "x410 xC23 C 1 1024 128 20 - STM32F1 (clone) medium density\n"u8 +
        "x412 xC23 C 1 1024 32 10 - STM32F1 (clone) low density\n"u8 +
        "x414 xC23 C 1 2048 512 64 - STM32F1 (clone) high density\n"u8 +
        // STM32F1 (RM0008 31.6.1, RM0041 25.6.1)
        "x412 xC23 - 1 1024 32 10 - STM32F1 low density\n"u8 +
        "x410 xC23 - 1 1024 128 20 - STM32F1 medium density\n"u8 +
        "x414 xC23 - 1 2048 512 64 - STM32F1 high density\n"u8 +
        "x418 xC23 - 1 2048 256 64 - STM32F1 connectivity line\n"u8 +
        "x420 xC23 - 1 1024 128 8 - STM32F1 value line\n"u8 +
        "x428 xC23 - 1 2048 512 32 - STM32F1 value line high density\n"u8 +
        "x430 xC23 - 1 2048 1024 96 - STM32F1 XL density\n"u8 +
        // STM32F3 (RM0316 33.6.1, RM0364 31.6.1)
        "x422 xC24 - 3 2048 256 40 - STM32F302/F303xB/xC\n"u8 +
        "x432 xC24 - 3 2048 256 32 - STM32F37x\n"u8 +
        "x438 xC24 - 3 2048 64 12 - STM32F303x6/x8, F334, F328\n"u8 +
        "x439 xC24 - 3 2048 64 16 - STM32F301, F302x6/x8, F318\n"u8 +
        "x446 xC24 - 3 2048 512 64 - STM32F302/F303xD/xE, F398\n"u8 +
        // STM32F0 (RM0091 32.5.3, RM0360 26.5.3)
        "x440 xC20 - 3 1024 64 8 - STM32F05x, F030x8\n"u8 +
        "x442 xC20 - 3 2048 256 32 - STM32F09x, F030xC\n"u8 +
        "x444 xC20 - 3 1024 32 4 - STM32F03x\n"u8 +
        "x445 xC20 - 3 1024 32 6 - STM32F04x, F070x6\n"u8 +
        "x448 xC20 - 3 2048 128 16 - STM32F07x\n"u8;

    /// <summary>Eight half-words of a byte and its complement.</summary>
    public static ReadOnlySpan<byte> Options =>
        "x1FFFF800 2 RDP\n"u8 +
        "x1FFFF802 2 USER\n"u8 +
        "x1FFFF804 2 Data0\n"u8 +
        "x1FFFF806 2 Data1\n"u8 +
        "x1FFFF808 2 WRP0\n"u8 +
        "x1FFFF80A 2 WRP1\n"u8 +
        "x1FFFF80C 2 WRP2\n"u8 +
        "x1FFFF80E 2 WRP3\n"u8;
}
