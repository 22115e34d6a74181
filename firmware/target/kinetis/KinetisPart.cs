using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Kinetis;

/// <summary>A row of the parts with an FTFx flash module.</summary>
readonly ref struct KinetisPart(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>SIM_SDID bits 31:20 (family, subfamily, series); only 23:20 where it is one digit; x1000 + bits 11:7 (die) of the parts that have nothing there.</summary>
    public uint Id => _row[0];

    /// <summary>CPUID.PARTNO, or 0.</summary>
    public uint Cpu => _row[1];

    /// <summary>Bytes erased at once.</summary>
    public uint Sector => _row[2];

    /// <summary>Bytes programmed by one command: 4 is a long word, 8 a phrase.</summary>
    public uint Unit => _row[3];

    /// <summary>KiB; 0: as SIM_FCFG1 says.</summary>
    public uint Flash => _row[4];

    /// <summary>'L': cache in MCM_PLACR, 'K': in the FMC; 0: none that keeps flash.</summary>
    public uint Cache => _row[5];

    /// <summary>'%' stands for family and subfamily.</summary>
    public ReadOnlySpan<byte> Name => _row.From(6);

    public bool Has(uint sdid) => Id < 16 ? (sdid >> 20 & 15) == Id : Id == (sdid >> 20 == 0 ? 0x1000 | sdid >> 7 & 31 : sdid >> 20);

    public static KinetisPart Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>The first row that fits is taken. KL and K reference manuals, "System Device Identification Register"; errata 7534 (K63 and K64 that say K61 and K62); S32K1xx reference manual 11.2.9.</summary>
    public static ReadOnlySpan<byte> Rows => """
        x131  -    1024 4 0    L MKL17Z
        x231  -    1024 4 0    L MKL27Z
        x1    -    1024 4 0    L MKL%Z
        x020  -    2048 4 0    K MK%F
        x220  -    2048 4 0    K MK%F
        x240  -    4096 4 0    K MK%F
        x260  -    4096 8 0    K MK%F
        x270  -    4096 8 0    K MK%F
        x280  -    4096 8 0    K MK%F
        x610  -    4096 8 0    K MK63F
        x620  -    4096 8 0    K MK64F
        x630  -    4096 8 0    K MK%F
        x640  -    4096 8 0    K MK%F
        x650  -    4096 8 0    K MK%F
        x660  -    4096 8 0    K MK%F
        x800  -    4096 4 0    K MK%F
        x810  -    4096 4 0    K MK%F
        x820  -    4096 4 0    K MK%F
        x910  -    2048 4 0    L MKL81Z
        x920  -    2048 4 0    L MKL82Z
        x106  -    1024 4 0    - MKV%Z
        x316  -    2048 4 0    K MKV%F
        x205  -    1024 4 0    L MKW%Z
        x305  -    1024 4 0    L MKW%Z
        x405  -    1024 4 0    L MKW%Z
        x215  -    2048 4 0    L MKW%Z
        x315  -    2048 4 0    L MKW%Z
        x415  -    2048 4 0    L MKW%Z
        x142  xC60 2048 8 0    L MKE%Z
        x152  xC60 2048 8 0    L MKE%Z
        x142  xC24 4096 8 256  - MKE14F or S32K142
        x162  xC24 4096 8 0    - MKE%F
        x182  xC24 4096 8 0    - MKE%F
        x116  xC60 2048 8 128  - S32K116
        x118  xC60 2048 8 256  - S32K118
        x144  xC24 4096 8 512  - S32K144
        x146  xC24 4096 8 1024 - S32K146
        x148  xC24 4096 8 1536 - S32K148
        x1000 -    1024 4 0    K MK10D/MK20D 50 MHz
        x1001 -    2048 4 0    K MK10D to MK51D 72 MHz
        x1002 -    2048 4 0    K MK10D to MK60D 100 MHz
        x1003 -    4096 8 0    K MK10F to MK70F
        x1004 -    2048 4 0    K MK11D to MK22D 50 MHz
        x1006 -    4096 8 0    K MK21F/MK22F 120 MHz
        """u8;
}
