namespace SharpProbe.Sim.Chips.F1;

/// <summary>What distinguishes the flash interfaces of F1, F0, F3 and the F1's likenesses; one design otherwise (PM0075, RM0091 3, RM0316 4; AT32F403A, AT32F415 and GD32F30x reference and user manuals, CH32F103 reference manual, "Flash").</summary>
/// <param name="PageSize">Bytes.</param>
/// <param name="PagesPerProtection">Pages that one bit of WRPR stands for.</param>
/// <param name="IsLater">F0 and F3: OBL_LAUNCH, OBR with USER in its second byte, and by default RDP AA, CC and others for levels 0, 2 and 1; the F1 opens with A5 and has no level 2.</param>
public sealed record FlashKindF1(uint PageSize, uint PagesPerProtection, bool IsLater)
{
    /// <summary>RDP (GigaDevice SPC, Artery FAP) that leaves the part open.</summary>
    public byte OpenKey { get; init; } = IsLater ? (byte)0xAA : (byte)0xA5;

    /// <summary>RDP CC closes the part for ever: option bytes stay as they are.</summary>
    public bool HasForEver { get; init; } = IsLater;

    /// <summary>Bytes that may be programmed at once, or-ed.</summary>
    public int Widths { get; init; } = 2;

    /// <summary>CH32F103: a second lock, of its fast programming, which is not modelled.</summary>
    public bool HasFastLock { get; init; }

    /// <summary>Medium density.</summary>
    public static FlashKindF1 F1 { get; } = new(1024, 4, false);
    public static FlashKindF1 F0 { get; } = new(1024, 4, true);
    /// <summary>GD32E23x (its user manual, option bytes; gd32e23x_fmc.h): the F0's registers, the F1's key, CC for high protection.</summary>
    public static FlashKindF1 Gd32E23x { get; } = F0 with { OpenKey = 0xA5 };
    public static FlashKindF1 Ch32 { get; } = F1 with { HasFastLock = true };
    public static FlashKindF1 At32 { get; } = new(2048, 2, false) { Widths = 7 };
    /// <summary>AT32F415: CC is the high level of access protection, which cannot be unlocked (AT32F415 reference manual 5.5.1).</summary>
    public static FlashKindF1 At32F415 { get; } = At32 with { HasForEver = true };
    public static FlashKindF1 At32F421 { get; } = F1 with { Widths = 7, HasForEver = true };
    public static FlashKindF1 Gd32F30x { get; } = new(2048, 2, false) { Widths = 6 };
    public static FlashKindF1 F3 { get; } = new(2048, 2, true);
}
