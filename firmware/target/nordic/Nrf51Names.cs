using System;

namespace SharpProbe.Target.Nordic;

/// <summary>Parts of the nRF51 series by FICR.CONFIGID.HWID (Nordic's compatibility matrix for the series).</summary>
static class Nrf51Names
{
    /// <summary>HWID (all below 0x100), and a letter for part and package.</summary>
    private static ReadOnlySpan<byte> Ids =>
    [
        0x1D, 0, 0x2A, 0, 0x44, 0, 0x3C, 0, 0x57, 0, 0x58, 0, 0x72, 0, 0x8F, 0, 0xD1, 0,      // 51822 QFAA
        0x26, 1, 0x27, 1, 0x4C, 1, 0x7B, 1,                                                    // QFAB
        0x71, 2, 0x83, 2, 0x84, 2,                                                             // QFAC
        0x20, 3, 0x2F, 3, 0x40, 3, 0x47, 3, 0x4D, 3, 0x79, 3,                                  // CEAA
        0x7D, 4, 0x87, 5,                                                                      // CDAB, CFAC
        0x1E, 8, 0x24, 8, 0x2D, 8, 0x2E, 8, 0x73, 8,                                           // 51422 QFAA
        0x61, 9, 0x7C, 9, 0x85, 10, 0x86, 10, 0x31, 11, 0x50, 11, 0x7A, 11, 0x7E, 12, 0x88, 13,
    ];

    private static ReadOnlySpan<byte> Packages => "QFAAQFABQFACCEAACDABCFAC"u8;

    public static void Write(PartName name, uint hwid)
    {
        ReadOnlySpan<byte> ids = Ids;
        for (int i = 0; i < ids.Length; i += 2)
        {
            if (ids[i] != hwid) continue;
            name.Add(ids[i + 1] < 8 ? "nRF51822 "u8 : "nRF51422 "u8);
            name.Add(Packages.Slice((ids[i + 1] & 7) * 4, 4));
            return;
        }
        name.Add("nRF51, HWID "u8);
        name.AddHex(hwid, 4);
    }
}
