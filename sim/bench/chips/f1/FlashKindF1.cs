namespace SharpProbe.Sim.Chips.F1;

/// <summary>What distinguishes the flash interfaces of F1, F0 and F3; one design otherwise (PM0075, RM0091 3, RM0316 4).</summary>
/// <param name="PageSize">Bytes.</param>
/// <param name="PagesPerProtection">Pages that one bit of WRPR stands for.</param>
/// <param name="IsLater">F0 and F3: RDP AA, CC and others for levels 0, 2 and 1, OBL_LAUNCH, OBR with USER in its second byte.</param>
public sealed record FlashKindF1(uint PageSize, uint PagesPerProtection, bool IsLater)
{
    /// <summary>Medium density.</summary>
    public static FlashKindF1 F1 { get; } = new(1024, 4, false);
    public static FlashKindF1 F0 { get; } = new(1024, 4, true);
    public static FlashKindF1 F3 { get; } = new(2048, 2, true);
}
