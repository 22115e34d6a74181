using System;

namespace SharpProbe.Adi;

/// <summary>Chips whose debug ports answer only after TARGETSEL; a bus cannot be asked who is on it.</summary>
static class MultiDrop
{
    /// <summary>TINSTANCE, bits 31:28 of TARGETSEL.</summary>
    public const uint Instances = 16;

    /// <summary>A debug port of this TARGETSEL restarts the chip when it is powered up: a scan looks whether it is there and leaves it alone (RP2040 datasheet 2.3.4.2).</summary>
    public static bool IsRescue(uint targetSel) => targetSel == 0xF100_2927;

    /// <summary>Address of the RP2350's own access port, which no ROM table lists (RP2350 datasheet 3.5.10). 0: a chip without one.</summary>
    public static uint UnlistedPort(uint targetId) => targetId << 4 == 0x0040_9270 ? 0x8_0000u : 0;

    public static ReadOnlySpan<uint> TargetIds => s_targetIds;

    private static readonly uint[] s_targetIds =
    [
        0x0100_2927,                                         // RP2040: instance 0 core 0, 1 core 1, 15 rescue
    ];
}
