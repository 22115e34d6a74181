using System;

namespace SharpProbe.Booting;

/// <summary>The boards by the number that an image's header holds (__board_id in the board's memory.ld).</summary>
public static class BoardId
{
    public static ReadOnlySpan<byte> Name(uint id) => id switch
    {
        1 => "stlinkv3mini"u8,
        2 => "pybd_sf2"u8,
        3 => "devebox_h743"u8,
        4 => "devebox_h750"u8,
        _ => "an unknown board"u8,
    };
}
