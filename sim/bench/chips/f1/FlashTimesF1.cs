namespace SharpProbe.Sim.Chips.F1;

/// <summary>How long the flash of an F103 or one of its likenesses takes; femtoseconds.</summary>
/// <param name="HalfWord">Programming 16 bits.</param>
/// <param name="PageErase">Erasing a page, or the option bytes.</param>
/// <param name="MassErase">Erasing everything.</param>
public readonly record struct FlashTimesF1(ulong HalfWord, ulong PageErase, ulong MassErase);
