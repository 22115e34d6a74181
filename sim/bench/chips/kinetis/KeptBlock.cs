namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>A block of which only some words matter: they keep what is written.</summary>
public sealed class KeptBlock : Peripheral
{
    /// <param name="name">As the manual has it.</param>
    /// <param name="words">Name, offset, reset value, readable and writable bits.</param>
    public KeptBlock(string name, params (string Name, uint Offset, uint Reset, uint Mask, uint Write)[] words) : base(name)
    {
        foreach (var (word, offset, reset, mask, write) in words) Add(new() { Name = word, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = write, Widths = 7, OnWrite = (_, _) => Changed?.Invoke() });
    }

    /// <summary>Called when a word was written.</summary>
    public Action? Changed { get; init; }

    /// <summary>Sets a word as the hardware does.</summary>
    public void Set(uint offset, uint value) => Registers.First(r => r.Offset == offset).Value = value;
}
