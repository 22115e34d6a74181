namespace SharpProbe.Sim.Qemu;

/// <summary>
/// What a row needs in its registers before it may run: an address in base register n that leads into the scratch window, a small index in m,
/// or a value with only some bits.
/// </summary>
/// <param name="Kind">How the address comes about.</param>
/// <param name="Bytes">Bytes transferred; 0 for register lists, which count theirs.</param>
/// <param name="Scale">Factor of immediate field i.</param>
/// <param name="Store">Writes memory, so must stay in the writable part.</param>
/// <param name="Align">Alignment the instruction demands in bytes (1 where unaligned access is allowed, ARM ARM A3.2.1).</param>
/// <param name="Mask">For <see cref="AccessKind.Value"/>: the bits that register n or t may have.</param>
public sealed record Access(AccessKind Kind, int Bytes = 0, int Scale = 1, bool Store = false, int Align = 1, uint Mask = 0)
{
    /// <summary>+1 or -1: the sign of the immediate where no field U gives it.</summary>
    public int Sign { get; init; } = 1;
}
