namespace SharpProbe.Sim.Chips.F1;

/// <summary>What distinguishes the flash interfaces of F1, F0, F3 and the F1's likenesses; one design otherwise (PM0075, RM0091 3, RM0316 4; AT32F403A, AT32F415 and GD32F30x reference and user manuals, CH32F103 reference manual, "Flash").</summary>
/// <param name="PageSize">Bytes.</param>
/// <param name="PagesPerProtection">Pages that one bit of WRPR stands for.</param>
/// <param name="IsLater">F0 and F3: RDP AA, CC and others for levels 0, 2 and 1, OBL_LAUNCH, OBR with USER in its second byte.</param>
public sealed record FlashKindF1(uint PageSize, uint PagesPerProtection, bool IsLater)
{
    /// <summary>Bytes that may be programmed at once, or-ed.</summary>
    public int Widths { get; init; } = 2;

    /// <summary>CH32F103: a second lock, of its fast programming, which is not modelled.</summary>
    public bool HasFastLock { get; init; }

    /// <summary>Medium density.</summary>
    public static FlashKindF1 F1 { get; } = new(1024, 4, false);
    public static FlashKindF1 F0 { get; } = new(1024, 4, true);
    public static FlashKindF1 Ch32 { get; } = F1 with { HasFastLock = true };
    public static FlashKindF1 At32 { get; } = new(2048, 2, false) { Widths = 7 };
    public static FlashKindF1 Gd32F30x { get; } = new(2048, 2, false) { Widths = 6 };
    public static FlashKindF1 F3 { get; } = new(2048, 2, true);
}
