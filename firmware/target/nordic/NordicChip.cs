namespace SharpProbe.Target.Nordic;

/// <summary>A generation of Nordic's chips: where things are. What a part is, and how large, it says itself in FICR.</summary>
/// <param name="cpu">CPUID.PARTNO.</param>
/// <param name="port">Number of the core's access port.</param>
/// <param name="flash">First address.</param>
/// <param name="ram">First address.</param>
/// <param name="ficr">Factory information.</param>
/// <param name="sizes">Offsets in FICR: CODEPAGESIZE, with CODESIZE in the word behind it;</param>
/// <param name="info">INFO.PART, with VARIANT, PACKAGE and RAM behind it;</param>
/// <param name="deviceId">and DEVICEID.</param>
/// <param name="uicr">User information.</param>
/// <param name="uicrLength">Bytes.</param>
/// <param name="nvmc">Flash controller.</param>
/// <param name="erasePage">Its register that takes a page's address; 0: a page is erased by writing ones to its first word.</param>
/// <param name="protect">Offset in UICR of the word that closes the debug port;</param>
/// <param name="locked">and what closes it.</param>
/// <param name="part">Of a Cortex-M33: INFO.PART without its last digit;</param>
/// <param name="secure">offset in UICR of the word that closes the secure half, or of the same word; the one behind it shuts the erase through the CTRL-AP;</param>
/// <param name="open">and what opens both.</param>
readonly struct NordicChip(ushort cpu, byte port, uint flash, uint ram, uint ficr, ushort sizes, ushort info, ushort deviceId, uint uicr, ushort uicrLength, uint nvmc, ushort erasePage, ushort protect, uint locked, ushort part = 0, ushort secure = 0, uint open = 0)
{
    public ushort Cpu { get; } = cpu;
    public byte Port { get; } = port;
    public uint Flash { get; } = flash;
    public uint Ram { get; } = ram;
    public uint Ficr { get; } = ficr;
    public uint Sizes { get; } = ficr + sizes;
    public uint Info { get; } = ficr + info;
    public uint DeviceId { get; } = ficr + deviceId;
    public uint Uicr { get; } = uicr;
    public uint UicrLength { get; } = uicrLength;
    public uint Nvmc { get; } = nvmc;
    public ushort ErasePage { get; } = erasePage;
    public uint Protect { get; } = uicr + protect;
    public uint Locked { get; } = locked;
    public ushort Part { get; } = part;
    public uint Secure { get; } = uicr + secure;
    public uint Open { get; } = open;

    /// <summary>nRF51: no INFO before the third revision, no control access port, UICR erased alone only beside a factory's SoftDevice.</summary>
    public bool IsNrf51 => Cpu == 0xC20;

    /// <summary>nRF53, nRF91: Cortex-M33, UICR erased with everything only.</summary>
    public bool IsM33 => Cpu == 0xD21;

    public bool IsUicr(uint address) => address - Uicr < UicrLength;

    /// <summary>nRF51 Reference Manual 3.0, chapters FICR, UICR, NVMC; Product Specifications of nRF52832, nRF5340 and nRF9160, the same.</summary>
    public static readonly NordicChip[] Rows =
    [
        //  CPU   AP flash        RAM          FICR         sizes  info   id     UICR         length NVMC         page   protection and what closes  part, secure protection and what opens
        new(0xC20, 0, 0,          0x2000_0000, 0x1000_0000, 0x010, 0x100, 0x060, 0x1000_1000, 0x100, 0x4001_E000, 0x508, 0x004, 0xFFFF_00FF),
        new(0xC24, 0, 0,          0x2000_0000, 0x1000_0000, 0x010, 0x100, 0x060, 0x1000_1000, 0x400, 0x4001_E000, 0x508, 0x208, 0xFFFF_FF00),
        new(0xD21, 0, 0,          0x2000_0000, 0x00FF_0000, 0x220, 0x20C, 0x204, 0x00FF_8000, 0x800, 0x5003_9000, 0,     0x000, 0x0000_0000, 0x534, 0x01C, OpenWord),
        new(0xD21, 1, 0x0100_0000, 0x2100_0000, 0x01FF_0000, 0x220, 0x20C, 0x204, 0x01FF_8000, 0x800, 0x4108_0000, 0,    0x000, 0x0000_0000, 0x534, 0x000, OpenWord),
        new(0xD21, 0, 0,          0x2000_0000, 0x00FF_0000, 0x220, 0x20C, 0x204, 0x00FF_8000, 0x800, 0x5003_9000, 0,     0x000, 0x0000_0000, 0x916, 0x02C, uint.MaxValue),
        new(0xD21, 0, 0,          0x2000_0000, 0x00FF_0000, 0x220, 0x20C, 0x204, 0x00FF_8000, 0x800, 0x5003_9000, 0,     0x000, 0x0000_0000, 0x912, 0x02C, OpenWord),
    ];

    /// <summary>Of the nRF53 and the later nRF91; of an nRF9160, nothing but ones opens.</summary>
    private const uint OpenWord = 0x50FA_50FA;
}
