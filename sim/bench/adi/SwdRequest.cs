using System.Numerics;

namespace SharpProbe.Sim.Adi;

/// <summary>The eight bits of a packet request, start bit in bit 0 (IHI 0031E, chapter B4).</summary>
public readonly record struct SwdRequest(byte Bits)
{
    /// <summary>APnDP.</summary>
    public bool Ap => (Bits & 1 << 1) != 0;
    /// <summary>RnW.</summary>
    public bool Read => (Bits & 1 << 2) != 0;
    /// <summary>A[3:2], as 0, 4, 8 or 12.</summary>
    public int Address => Bits >> 1 & 0xC;

    public bool ParityRight => (BitOperations.PopCount((uint)(Bits >> 1 & 0x1F)) & 1) == 0;
    public bool StopRight => (Bits & 1 << 6) == 0;
    public bool ParkRight => (Bits & 1 << 7) != 0;
    public bool Valid => ParityRight && StopRight && ParkRight;

    internal bool IsDpidrRead => !Ap && Read && Address == 0;
    internal bool IsTargetSel => !Ap && !Read && Address == 12;
}
