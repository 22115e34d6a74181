namespace SharpProbe.Sim.Scs;

/// <summary>One region: MPU_RBAR and MPU_RASR (DDI0403 B3.5.8, B3.5.9).</summary>
public struct MpuRegion
{
    // AP[2:0] of MPU_RASR (DDI0403 table B3-15). 0b100 is reserved: no access here.
    private static readonly MpuAccess[] Permissions =
    [
        MpuAccess.None,
        MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite,
        MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite | MpuAccess.UserRead,
        MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite | MpuAccess.UserRead | MpuAccess.UserWrite,
        MpuAccess.None,
        MpuAccess.PrivilegedRead,
        MpuAccess.PrivilegedRead | MpuAccess.UserRead,
        MpuAccess.PrivilegedRead | MpuAccess.UserRead,
    ];

    /// <summary>MPU_RBAR.ADDR, bits [31:5].</summary>
    public uint Base;

    /// <summary>MPU_RASR: XN 28, AP 26:24, TEX S C B 21:16, SRD 15:8, SIZE 5:1, ENABLE 0.</summary>
    public uint Attributes;

    public readonly bool Enabled => (Attributes & 1) != 0;

    /// <summary>log2 of the size in bytes; the manual's minimum is 32 bytes (SIZE = 4).</summary>
    public readonly int SizeBits => (int)(Attributes >> 1 & 31) + 1;

    public readonly MpuAccess Access
    {
        get
        {
            var access = Permissions[Attributes >> 24 & 7];
            return (Attributes & 1u << 28) == 0 && access != MpuAccess.None ? access | MpuAccess.Execute : access;
        }
    }

    /// <summary>True when the region is on and its subregion at <paramref name="address"/> is not disabled.</summary>
    public readonly bool Contains(uint address)
    {
        if (!Enabled || SizeBits < 5) return false;
        if (SizeBits < 32 && (address ^ Base) >> SizeBits != 0) return false;
        if (SizeBits < 8) return true;      // SRD is for regions of 256 bytes and more
        int subregion = (int)(address >> SizeBits - 3 & 7);
        return (Attributes >> 8 + subregion & 1) == 0;
    }

    /// <summary>Size of the smallest piece with one permission, log2 of bytes.</summary>
    public readonly int GranuleBits => SizeBits < 8 ? SizeBits : SizeBits - 3;
}
