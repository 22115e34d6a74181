namespace SharpProbe.Target.Stm32;

/// <summary>A row of the parts with an FPEC. All conditions that a row states must hold.</summary>
/// <param name="mask">Bits of DBGMCU_IDCODE that count.</param>
/// <param name="id">Their value.</param>
/// <param name="cpu">CPUID.PARTNO, or 0.</param>
/// <param name="origin">Who made the chip, by registers other than the id.</param>
/// <param name="name">For the user.</param>
/// <param name="kind">Where its signature is.</param>
/// <param name="page">Bytes erased at once; 0: 2 KiB from 256 KiB of flash on, 1 KiB below.</param>
/// <param name="flash">KiB where the size register says nothing.</param>
/// <param name="ram">KiB.</param>
/// <param name="page2">Bytes erased at once in the second bank, above 512 KiB; 0: as in the first.</param>
readonly struct Stm32F1Part(uint mask, uint id, ushort cpu, SiliconOrigin origin, string name, FpecKind kind, ushort page, ushort flash, ushort ram, ushort page2 = 0)
{
    public uint Mask { get; } = mask;
    public uint Id { get; } = id;
    public ushort Cpu { get; } = cpu;
    public SiliconOrigin Origin { get; } = origin;
    public string Name { get; } = name;
    public FpecKind Kind { get; } = kind;
    public ushort Page { get; } = page;
    public ushort Flash { get; } = flash;
    public ushort Ram { get; } = ram;
    public ushort Page2 { get; } = page2;

    private const uint DevId = 0xFFF, Series = 0xFFFF_0000;
    private const ushort M0 = 0xC20, M3 = 0xC23, M4 = 0xC24, M23 = 0xD20;

    /// <summary>The first row that fits is taken.</summary>
    public static readonly Stm32F1Part[] Rows =
    [
        // GigaDevice: same ids, other cores and sizes
        new(DevId, 0x410, M23, SiliconOrigin.Any,        "GD32E230",                          FpecKind.F0F3, 1024, 64,   8),
        new(DevId, 0x410, M4,  SiliconOrigin.Any,        "GD32F30x",                          FpecKind.F1,   2048, 256,  48),
        new(DevId, 0x414, M4,  SiliconOrigin.Any,        "GD32F30x high density",             FpecKind.F1,   2048, 512,  64),
        new(DevId, 0x430, M4,  SiliconOrigin.Any,        "GD32F30x XL density",               FpecKind.F1,   2048, 1024, 96, 4096),
        new(DevId, 0x410, M3,  SiliconOrigin.GigaDevice, "GD32F10x medium density",           FpecKind.F1,   1024, 128,  20),
        new(DevId, 0x414, M3,  SiliconOrigin.GigaDevice, "GD32F10x high density",             FpecKind.F1,   2048, 512,  64),
        new(DevId, 0x418, M3,  SiliconOrigin.GigaDevice, "GD32F10x connectivity line",        FpecKind.F1,   2048, 256,  64),
        new(DevId, 0x430, M3,  SiliconOrigin.GigaDevice, "GD32F10x XL density",               FpecKind.F1,   2048, 1024, 96, 4096),

        // Artery: the series is in the upper half of the id
        new(Series, 0x7005_0000, M4, SiliconOrigin.Any,  "AT32F403/F403A/F407",               FpecKind.F1,   2048, 256,  96),
        new(Series, 0x7003_0000, M4, SiliconOrigin.Any,  "AT32F413/F415",                     FpecKind.F1,   0,    256,  32),
        new(Series, 0x5001_0000, M4, SiliconOrigin.Any,  "AT32F421",                          FpecKind.F1,   1024, 64,   16),
        new(Series, 0x5002_0000, M4, SiliconOrigin.Any,  "AT32F421",                          FpecKind.F1,   1024, 64,   16),
        new(Series, 0x5009_0000, M4, SiliconOrigin.Any,  "AT32F425",                          FpecKind.F1,   1024, 64,   20),

        // Copies of the STM32F103
        new(DevId, 0x29B, 0,   SiliconOrigin.Any,        "CS32F103 (clone of STM32F1 medium density)", FpecKind.F1, 1024, 64, 20),
        new(DevId, 0x410, M3,  SiliconOrigin.Copy,       "STM32F1 (clone) medium density",    FpecKind.F1,   1024, 128,  20),
        new(DevId, 0x412, M3,  SiliconOrigin.Copy,       "STM32F1 (clone) low density",       FpecKind.F1,   1024, 32,   10),
        new(DevId, 0x414, M3,  SiliconOrigin.Copy,       "STM32F1 (clone) high density",      FpecKind.F1,   2048, 512,  64),

        // STM32F1 (RM0008 31.6.1, RM0041 25.6.1)
        new(DevId, 0x412, M3,  SiliconOrigin.Any,        "STM32F1 low density",               FpecKind.F1,   1024, 32,   10),
        new(DevId, 0x410, M3,  SiliconOrigin.Any,        "STM32F1 medium density",            FpecKind.F1,   1024, 128,  20),
        new(DevId, 0x414, M3,  SiliconOrigin.Any,        "STM32F1 high density",              FpecKind.F1,   2048, 512,  64),
        new(DevId, 0x418, M3,  SiliconOrigin.Any,        "STM32F1 connectivity line",         FpecKind.F1,   2048, 256,  64),
        new(DevId, 0x420, M3,  SiliconOrigin.Any,        "STM32F1 value line",                FpecKind.F1,   1024, 128,  8),
        new(DevId, 0x428, M3,  SiliconOrigin.Any,        "STM32F1 value line high density",   FpecKind.F1,   2048, 512,  32),
        new(DevId, 0x430, M3,  SiliconOrigin.Any,        "STM32F1 XL density",                FpecKind.F1,   2048, 1024, 96),

        // STM32F3 (RM0316 33.6.1, RM0364 31.6.1)
        new(DevId, 0x422, M4,  SiliconOrigin.Any,        "STM32F302/F303xB/xC",               FpecKind.F0F3, 2048, 256,  40),
        new(DevId, 0x432, M4,  SiliconOrigin.Any,        "STM32F37x",                         FpecKind.F0F3, 2048, 256,  32),
        new(DevId, 0x438, M4,  SiliconOrigin.Any,        "STM32F303x6/x8, F334, F328",        FpecKind.F0F3, 2048, 64,   12),
        new(DevId, 0x439, M4,  SiliconOrigin.Any,        "STM32F301, F302x6/x8, F318",        FpecKind.F0F3, 2048, 64,   16),
        new(DevId, 0x446, M4,  SiliconOrigin.Any,        "STM32F302/F303xD/xE, F398",         FpecKind.F0F3, 2048, 512,  64),

        // STM32F0 (RM0091 32.5.3, RM0360 26.5.3)
        new(DevId, 0x440, M0,  SiliconOrigin.Any,        "STM32F05x, F030x8",                 FpecKind.F0F3, 1024, 64,   8),
        new(DevId, 0x442, M0,  SiliconOrigin.Any,        "STM32F09x, F030xC",                 FpecKind.F0F3, 2048, 256,  32),
        new(DevId, 0x444, M0,  SiliconOrigin.Any,        "STM32F03x",                         FpecKind.F0F3, 1024, 32,   4),
        new(DevId, 0x445, M0,  SiliconOrigin.Any,        "STM32F04x, F070x6",                 FpecKind.F0F3, 1024, 32,   6),
        new(DevId, 0x448, M0,  SiliconOrigin.Any,        "STM32F07x",                         FpecKind.F0F3, 2048, 128,  16),
    ];
}
