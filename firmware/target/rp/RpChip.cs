using System;
using System.Runtime.CompilerServices;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Rp;

/// <summary>One of the chips: what differs between them, a row of numbers each.</summary>
readonly struct RpChip
{
    private const int Columns = 27, Readable = 9, Serial = 18;

    private readonly int _row;

    private RpChip(int row) => _row = row * Columns;

    public static RpChip Rp2040 => new(0);

    public static RpChip Rp2350 => new(1);

    /// <summary>As <see cref="RpFamily.Identify"/> has found.</summary>
    public static RpChip Of(CortexM core) => new(core.PartRow);

    /// <summary>Cortex-M33s behind one debug port.</summary>
    public bool IsV8 => _row != 0;

    public ReadOnlySpan<byte> Name => IsV8 ? "RP2350"u8 : "RP2040"u8;

    /// <summary>TARGETID without its revision, which is the instance in TARGETSEL.</summary>
    public uint TargetId => At(0);

    /// <summary>Of the boot ROM's interface, behind its magic.</summary>
    public uint RomVersion => At(1);

    public uint RamLength => At(2);

    /// <summary>The flash's window past cache and translation.</summary>
    public uint Uncached => At(3);

    /// <summary>PSM.FRCE_OFF by its set alias; the clear alias is behind it. And core 0 there; core 1 is the next bit.</summary>
    public uint SetOff => At(4);

    public uint Proc0 => At(5);

    /// <summary>The ROM's function that makes the flash readable after all.</summary>
    public ushort Last => (ushort)At(6);

    /// <summary>The ROM's function that restarts the chip as a USB device, and its first argument.</summary>
    public ushort UsbBoot => (ushort)At(7);

    public uint UsbBootFlags => At(8);

    /// <summary>How bytes are exchanged with the flash by hand, see <see cref="SerialFlash"/>.</summary>
    public ReadOnlySpan<uint> SerialRegisters => Rows.Slice(_row + Serial, Columns - Serial);

    /// <summary>The interface makes reads of the flash, and its pins are connected.</summary>
    public bool IsReadable(AccessPort bus)
    {
        for (int i = Readable; i < Serial; i += 3)
            if (bus.Read32(At(i), out uint value).Failed || (value & At(i + 1)) != At(i + 2)) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint At(int column) => Rows[_row + column];

    /// <summary>
    /// As the properties above; then three of address, mask and value that say readable; then select, deselect (address and value each), data to and from, status with mask and value of a byte received.
    /// RP2040 datasheet 2.13.5, 4.10.13, 2.19.6.2; RP2350 datasheet 7.4.4, 7.5.3, 9.11.2, 12.14.6.
    /// </summary>
    private static ReadOnlySpan<uint> Rows =>
    [
        0x0100_2927, 1, 0x4_2000, 0x1300_0000, 0x4001_2004, 1 << 15, RpRom.CX, RpRom.UB, 0,
        0x1800_0008, 1, 1, 0x1800_0000, 0x300, 0x300, 0x4001_800C, 0x31F, 0,            // SSIENR; CTRLR0.TMOD 3; SS_CTRL
        0x4001_800C, 0x200, 0x4001_800C, 0x300, 0x1800_0060, 0x1800_0060, 0x1800_0028, 8, 8,
        0x0004_0927, 2, 0x8_2000, 0x1C00_0000, 0x4001_A004, 1 << 23, RpRom.RA, RpRom.RB, 0x102,
        0x4002_0008, 0x480, 0x480, 0x4004_0004, 0x100, 0, 0x400D_0000, 1, 0,            // RESET_DONE; isolation of a pad; DIRECT_CSR.EN
        0x400D_2000, 5, 0x400D_3000, 5, 0x400D_0004, 0x400D_0008, 0x400D_0000, 1 << 16, 0,
    ];
}
