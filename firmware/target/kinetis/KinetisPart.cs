using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Kinetis;

/// <summary>A row of the parts with an FTFx flash module.</summary>
readonly ref struct KinetisPart(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>SIM_SDID bits 31:20 (family, subfamily, series); only 23:20 where it is one digit, of the families 0 to 4; x1000 + bits 11:7 (die) of the parts that have nothing there; xE00 + subfamily of a KE0x.</summary>
    public uint Id => _row[0];

    /// <summary>CPUID.PARTNO.</summary>
    public uint Cpu => _row[1];

    /// <summary>Bytes erased at once.</summary>
    public uint Sector => _row[2];

    /// <summary>Bytes programmed by one command: 4 is a long word, 8 a phrase.</summary>
    public uint Unit => _row[3];

    /// <summary>KiB where SIM_FCFG1 does not say it; of a KE0x, the most that there is.</summary>
    public uint Flash => _row[4] & 0xFFFF;

    /// <summary>KiB of RAM where no register says it: the number in front of the flash's.</summary>
    public uint Ram => _row[4] >> 16;

    /// <summary>'L': cache in MCM_PLACR, 'K': in the FMC; 0: none that keeps flash. 'E' and 'H' are the flash modules FTMRE and FTMRH, with a cache as 'L'.</summary>
    public uint Cache => _row[5];

    /// <summary>'%' stands for family and subfamily.</summary>
    public ReadOnlySpan<byte> Name => _row.From(6);

    public bool IsKe0 => Id >> 4 == 0xE0;

    public bool Has(uint sdid) => Id < 16 ? sdid >> 28 < 5 && (sdid >> 20 & 15) == Id : Id == (sdid < 0x1_0000 ? 0x1000 | sdid >> 7 & 31 : sdid >> 20);

    public static KinetisPart Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>The first row that fits is taken; S32K142 where FCFG1.PFSIZE, which it does not have, is 0. KL and K reference manuals, "System Device Identification Register"; errata 7534 (K63 and K64 that say K61 and K62); S32K1xx reference manual 11.2.9.</summary>
    public static ReadOnlySpan<byte> Rows => """
        x131  xC60 1024 4 0    L MKL17Z
        x231  xC60 1024 4 0    L MKL27Z
        x1    xC60 1024 4 0    L MKL%Z
        x020  xC24 2048 4 0    K MK%F
        x220  xC24 2048 4 0    K MK%F
        x240  xC24 4096 4 0    K MK%F
        x260  xC24 4096 8 0    K MK%F
        x270  xC24 4096 8 0    K MK%F
        x280  xC24 4096 8 0    K MK%F
        x610  xC24 4096 8 0    K MK63F
        x620  xC24 4096 8 0    K MK64F
        x630  xC24 4096 8 0    K MK%F
        x640  xC24 4096 8 0    K MK%F
        x650  xC24 4096 8 0    K MK%F
        x660  xC24 4096 8 0    K MK%F
        x800  xC24 4096 4 0    K MK%F
        x810  xC24 4096 4 0    K MK%F
        x820  xC24 4096 4 0    K MK%F
        x910  xC60 2048 4 0    L MKL81Z
        x920  xC60 2048 4 0    L MKL82Z
        x106  xC60 1024 4 0    - MKV%Z
        x316  xC24 2048 4 0    K MKV%F
        x205  xC60 1024 4 0    L MKW%Z
        x305  xC60 1024 4 0    L MKW%Z
        x405  xC60 1024 4 0    L MKW%Z
        x215  xC60 2048 4 0    L MKW%Z
        x315  xC60 2048 4 0    L MKW%Z
        x415  xC60 2048 4 0    L MKW%Z
        x142  xC60 2048 8 0    L MKE%Z
        x152  xC60 2048 8 0    L MKE%Z
        x142  xC24 2048 8 x1C0100 - S32K142
        x142  xC24 4096 8 0    - MKE%F
        x162  xC24 4096 8 0    - MKE%F
        x182  xC24 4096 8 0    - MKE%F
        x116  xC60 2048 8 xF0080 L S32K116
        x118  xC60 2048 8 x170100 L S32K118
        x144  xC24 4096 8 x3C0200 - S32K144
        x146  xC24 4096 8 x7C0400 - S32K146
        x148  xC24 4096 8 xFC0600 - S32K148
        xE02  xC60 512  8 64   H MKE02Z
        xE04  xC60 512  8 128  E MKE04Z
        xE06  xC60 512  8 128  E MKE06Z
        x1000 xC24 1024 4 0    K MK10D/MK20D 50 MHz
        x1001 xC24 2048 4 0    K MK10D to MK51D 72 MHz
        x1002 xC24 2048 4 0    K MK10D to MK60D 100 MHz
        x1003 xC24 4096 8 0    K MK10F to MK70F
        x1004 xC24 2048 4 0    K MK11D to MK22D 50 MHz
        x1006 xC24 4096 8 0    K MK21F/MK22F 120 MHz
        """u8;
}
