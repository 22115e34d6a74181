namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>One erase or programming operation of a chip's flash.</summary>
/// <param name="Number">0 for the first since the chip was built.</param>
/// <param name="IsErase">Erase of <paramref name="Size"/> bytes; else programming of so many.</param>
/// <param name="Address">First byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Duration">Femtoseconds.</param>
public readonly record struct FlashOperation(int Number, bool IsErase, uint Address, uint Size, ulong Duration);
